// A service may hold only so much memory: it spends its time making room, or the kernel kills it. A plain process is only told so.
import { bytesOf, humanBytes } from '../model/bytes.ts'
import type { FaultOf } from '../model/fault.ts'
import { memoryOf } from './engine-of.ts'
import type { FaultKind, MemoryHeld, Sight } from './fault-kind.ts'
import { lookAtMemory } from './kernel-look.ts'
import { slackMs } from './toxic-kind.ts'

/** From this share of the limit on, memory counts as being at it: the kernel is making room by then. */
const AT = 0.9
/** A process that is only told so makes no room and is not killed: all that can be seen is that little is left. */
const AT_TOLD = 0.8
/** The kernel enforces limits in whole pages. */
const PAGE = 4_096

export const memory_limit: FaultKind<FaultOf<'memory_limit'>> = {
  describe: (fault) => `${fault.service} may hold ${humanBytes(wantedOf(fault))} of memory and no swap`,
  reads: "the kernel's count of its memory",
  undo: async (ref, { rig }) => {
    const { memory } = await memoryOf(rig, 'memory_limit').limits(ref.target)
    return { action: 'restore-memory', service: ref.target, memory }
  },
  apply: (ref, { rig }) => {
    const bytes = wantedOf(ref.fault)
    return memoryOf(rig, 'memory_limit').limitMemory(ref.target, { bytes, withSwapBytes: bytes })
  },
  look: (ref, glance) => lookAtMemory(ref.target, glance),
  judge: (fault) => ({
    patienceMs: slackMs,
    blind: ({ memory }) => {
      if (memory === undefined) return 'nobody counted its memory before the fault'
      const { limitBytes = Infinity } = memory
      return limitBytes <= wantedOf(fault) ? `it had no more than ${humanBytes(limitBytes)} before the fault already` : undefined
    },
    bites: (_, seen) => isKilled(seen) || isAtLimit(seen.memory, wantedOf(fault)),
    gone: (before, seen) => seen.state === 'running' && seen.memory !== undefined && seen.memory.limitBytes === before.memory?.limitBytes,
    looks: 1,
    enough: 1,
    atOnce: 1,
  }),
}

function isKilled({ state, memory }: Sight): boolean {
  return state === 'stopped' && memory?.oomKilled === true
}

function isAtLimit(memory: MemoryHeld | undefined, wanted: number): boolean {
  if (memory?.limitBytes === undefined || Math.abs(memory.limitBytes - wanted) >= PAGE) return false
  return memory.bytes >= (memory.isOnlyTold === true ? AT_TOLD : AT) * wanted
}

function wantedOf({ memory }: FaultOf<'memory_limit'>): number {
  return bytesOf(memory) ?? 0
}
