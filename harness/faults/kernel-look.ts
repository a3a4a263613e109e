// One look at a service from outside, together with what the kernel says of it: its CPU time, its memory, the room on its disk.
import type { Usage } from '../model/engine.ts'
import { poll } from '../time/poll.ts'
import { engineOf, memoryOf } from './engine-of.ts'
import type { CpuSpell, Glance, Sight } from './fault-kind.ts'
import { lookAtService } from './target-look.ts'

/** Nine scheduling periods of the kernel: enough to tell a share from chance. Engines count once a second, or whenever they are asked. */
const SPELL_MS = 900
const MOST_MS = 5_000

/** Lasts as long as the answer, and about one second at least. */
export async function lookAtCpu(name: string, glance: Glance): Promise<Sight> {
  const { rig, clock } = glance.world
  const engine = engineOf(rig, 'a look at CPU time')
  const first = await engine.usage(name)
  const sight = await lookAtService(name, glance)
  const wait = { clock, within: MOST_MS, every: 200, signal: glance.signal, what: `the CPU time of ${name} to be counted again` }
  const cpu = await poll(wait, async () => {
    const spell = spellBetween(first, await engine.usage(name))
    return spell.ms >= SPELL_MS ? spell : undefined
  })
  return { ...sight, cpu }
}

export async function lookAtMemory(name: string, glance: Glance): Promise<Sight> {
  const sight = await lookAtService(name, glance)
  const { memoryBytes, memoryLimitBytes, oomKilled, isOnlyTold } = await memoryOf(glance.world.rig, 'a look at memory').usage(name)
  return { ...sight, memory: { bytes: memoryBytes, limitBytes: memoryLimitBytes, oomKilled, ...(isOnlyTold && { isOnlyTold }) } }
}

export async function lookAtRoom(name: string, path: string, glance: Glance): Promise<Sight> {
  const sight = await lookAtService(name, glance)
  return { ...sight, room: await engineOf(glance.world.rig, 'a look at a disk').room(name, path) }
}

function spellBetween(first: Usage, last: Usage): CpuSpell {
  return {
    ms: last.at - first.at,
    cpuMs: last.cpuMs - first.cpuMs,
    periods: last.periods - first.periods,
    throttledPeriods: last.throttledPeriods - first.throttledPeriods,
  }
}
