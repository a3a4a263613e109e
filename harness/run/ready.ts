// A stack is ready when Prometheus says so: every target up, every rule evaluated at least once.
import { HarnessError } from '../errors.ts'
import { probeRules } from '../probes/rules.ts'
import { probeTargets } from '../probes/targets.ts'
import { poll } from '../time/poll.ts'
import type { Session } from './session.ts'

const READY_WITHIN = 60_000

/**
 * Throws STACK_NOT_READY naming each target that was not scraped yet and each rule that was not evaluated. A target that stays down
 * is left to the drills to judge: its service has said that it is ready.
 */
export async function waitUntilReady({ rig, world }: Session, signal: AbortSignal): Promise<void> {
  const context = { rig, clock: world.clock, signal }
  let wanting: readonly string[] = []
  let isDown = false
  const wait = { clock: world.clock, within: READY_WITHIN, every: 150, signal, what: 'every target to be up' }
  await poll(wait, async () => {
    const [targets, rules] = await Promise.all([probeTargets(context), probeRules(context)])
    isDown = targets.value.some(({ health }) => health === 'down')
    const unseen = targets.value.filter(({ health }) => health !== 'up' && health !== 'down').map(({ service, health, lastError }) => `${service} is ${health} ${lastError}`.trim())
    const idle = rules.value.alerts.filter(({ health }) => health === 'unknown').map(({ alert }) => `rule ${alert} not evaluated yet`)
    wanting = [...[targets, rules].flatMap(({ missing }) => missing ?? []), ...unseen, ...idle]
    return wanting.length === 0 && !isDown && targets.value.length > 0
  }).catch((cause: unknown) => {
    signal.throwIfAborted()
    if (wanting.length === 0 && isDown) return
    throw new HarnessError('STACK_NOT_READY', wanting.join('; ') || 'Prometheus has no targets', { cause })
  })
}
