// How much memory a process is told that it may hold: the soft limit of its resident set. The kernel holds nobody to it, but a service
// that reads it knows what was meant, as it knows the limit of its container.
import { readFileSync } from 'node:fs'
import { HarnessError } from '../../errors.ts'
import { bytesOf } from '../../model/bytes.ts'
import type { MemoryControl } from '../../model/engine.ts'
import type { ServiceSpec } from '../../model/stack.ts'
import { withDefaults } from '../../model/variable-defaults.ts'
import type { Clock } from '../../time/clock.ts'
import { run } from '../toolchain/command.ts'

const WITHIN = 5_000
const KIB = 1_024

export interface Resident {
  readonly clock: Clock
  /** Where prlimit is looked for. */
  readonly path: string | undefined
  /** Undefined while the service does not run. */
  readonly pid: (service: string) => number | undefined
}

export function residentControl(resident: Resident): MemoryControl {
  const { pid, clock } = resident
  const seen = (service: string) => {
    const id = pid(service)
    return id === undefined ? undefined : { limit: residentLimit(id), bytes: residentBytes(id) }
  }
  return {
    limits: async (service) => {
      const limit = seen(service)?.limit
      return { memory: limit === undefined ? undefined : { bytes: limit } }
    },
    limitMemory: async (service, memory) => {
      const id = pid(service)
      if (id !== undefined) await tell(id, memory?.bytes, resident)
    },
    usage: async (service) => {
      const { limit, bytes = 0 } = seen(service) ?? {}
      return { at: clock.now(), cpuMs: 0, periods: 0, throttledPeriods: 0, memoryBytes: bytes, memoryLimitBytes: limit, oomKilled: false, isOnlyTold: true }
    },
  }
}

/** What the compose file allows the service's container; undefined when it says nothing. */
export function declaredMemory({ container }: ServiceSpec): number | undefined {
  return container?.memory === undefined ? undefined : bytesOf(withDefaults(container.memory))
}

/** FAULT_NOT_APPLIED with what prlimit says. The hard limit stays, so that anybody may raise the soft one again. */
async function tell(pid: number, bytes: number | undefined, { clock, path }: Resident): Promise<void> {
  const args = ['--pid', String(pid), `--rss=${bytes ?? 'unlimited'}:`]
  const refused = (why: string, cause?: unknown) => new HarnessError('FAULT_NOT_APPLIED', `could not tell process ${pid} what it may hold: ${why}`, { cause })
  const { code, text } = await run({ file: 'prlimit', args, env: { PATH: path } }, { clock, within: WITHIN }).catch((cause: unknown) => {
    throw refused('no prlimit', cause)
  })
  if (code !== 0) throw refused(text.trim())
}

/** Undefined without a limit. */
function residentLimit(pid: number): number | undefined {
  const soft = /^Max resident set\s+(\S+)/m.exec(textOf(pid, 'limits'))?.[1]
  return soft === undefined || soft === 'unlimited' ? undefined : Number(soft)
}

function residentBytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(textOf(pid, 'status'))?.[1] ?? 0) * KIB
}

function textOf(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
