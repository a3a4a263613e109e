// A stack is ready when Prometheus says so: every target up, every rule evaluated at least once and healthy.
import { HarnessError } from '../errors.ts'
import { probeRules } from '../probes/rules.ts'
import { probeTargets } from '../probes/targets.ts'
import { poll } from '../time/poll.ts'
import type { Session } from './session.ts'

const READY_WITHIN = 60_000

/** Throws STACK_NOT_READY naming each target that is not up and each rule that was not evaluated. */
export async function waitUntilReady({ rig, world }: Session, signal: AbortSignal): Promise<void> {
  const context = { rig, clock: world.clock, signal }
  let wanting: readonly string[] = []
  const wait = { clock: world.clock, within: READY_WITHIN, every: 150, signal, what: 'every target to be up' }
  await poll(wait, async () => {
    const [targets, rules] = await Promise.all([probeTargets(context), probeRules(context)])
    const down = targets.value.filter(({ health }) => health !== 'up').map(({ service, health, lastError }) => `${service} is ${health} ${lastError}`.trim())
    const idle = rules.value.alerts.filter(({ health }) => health === 'unknown').map(({ alert }) => `rule ${alert} not evaluated yet`)
    wanting = [...[targets, rules].flatMap(({ missing }) => missing ?? []), ...down, ...idle]
    return wanting.length === 0 && targets.value.length > 0
  }).catch((cause: unknown) => {
    signal.throwIfAborted()
    throw new HarnessError('STACK_NOT_READY', wanting.join('; ') || 'Prometheus has no targets', { cause })
  })
}
