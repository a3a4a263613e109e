// How long it took from the command to a stack of which every part is ready and seen by Prometheus. Real time.
import type { FactValue } from '../../model/gate-evidence.ts'
import { probeTargets } from '../../probes/targets.ts'
import type { Observed } from '../../probes/probe.ts'
import type { Session } from '../session.ts'

interface Started {
  readonly command: string
  /** Undefined when the stack was up already. */
  readonly beganAt: number | undefined
  readonly signal: AbortSignal
}

/** To be called when the stack is ready. A target that stays down is no part of a stack that is up. */
export async function startTimeOf({ rig, world }: Session, { command, beganAt, signal }: Started): Promise<Observed<FactValue<'start-time'>>> {
  const readyAt = world.clock.now()
  if (beganAt === undefined) return { value: { ms: 0, command, services: 0 }, covered: false, missing: 'the stack was up already' }
  const value = { ms: readyAt - beganAt, command, services: rig.stack.services.length }
  const targets = await probeTargets({ rig, clock: world.clock, signal })
  const down = targets.value.flatMap(({ service, health }) => (health === 'up' ? [] : [service]))
  if (targets.covered && down.length === 0) return { value, covered: true }
  return { value, covered: false, missing: targets.missing ?? `Prometheus still got no answer from ${down.join(', ')}` }
}
