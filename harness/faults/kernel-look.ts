// One look at a service from outside, together with what the kernel says of it: its CPU time, its memory, the room on its disk.
import type { Usage } from '../model/engine.ts'
import { engineOf } from './engine-of.ts'
import type { CpuSpell, Glance, Sight } from './fault-kind.ts'
import { lookAtService } from './target-look.ts'

/** Ten scheduling periods of the kernel: enough to tell a share from chance. */
const SPELL_MS = 1_000

/** Lasts as long as the answer, and one second at least. */
export async function lookAtCpu(name: string, glance: Glance): Promise<Sight> {
  const { rig, clock } = glance.world
  const engine = engineOf(rig, 'a look at CPU time')
  const first = await engine.usage(name)
  const [sight] = await Promise.all([lookAtService(name, glance), clock.sleep(SPELL_MS, glance.signal)])
  return { ...sight, cpu: spellBetween(first, await engine.usage(name)) }
}

export async function lookAtMemory(name: string, glance: Glance): Promise<Sight> {
  const sight = await lookAtService(name, glance)
  const { memoryBytes, memoryLimitBytes, oomKilled } = await engineOf(glance.world.rig, 'a look at memory').usage(name)
  return { ...sight, memory: { bytes: memoryBytes, limitBytes: memoryLimitBytes, oomKilled } }
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
