// The waits of a drill: until the load has its floor, until no alert is left over, until everything is quiet again.
import { HarnessError } from '../errors.ts'
import { tailHistory } from '../load/tail-history.ts'
import type { LiveLoad } from '../load/start-load.ts'
import { alertIsAllowed } from '../model/criterion.ts'
import { longestReset, slowestReceiver } from '../model/deadline.ts'
import { allowedIn } from '../model/drill.ts'
import type { LoadedDrill } from '../model/drill.ts'
import { perSecond } from '../model/rate.ts'
import { parseDuration } from '../model/duration.ts'
import type { EvidenceOf, Labels } from '../model/evidence.ts'
import { probeActiveAlerts } from '../probes/active-alerts.ts'
import { poll } from '../time/poll.ts'
import type { DrillStage } from './run-drill.ts'
import type { Session } from './session.ts'

const FLOOR_WITHIN = 30_000
/** The load must be seen steady for at least this long after everything else is quiet. */
const TAIL_MS = 6_000
/** Whole seconds are what the load is judged by, so that at least one has to be seen. */
const SHORT_TAIL_MS = 2_500
const LEAST_QUIET_MS = 10_000
/**
 * Once no alert is left, receivers are told so at the next tick of their group, or the one after, if an attempt hangs: for 10 s at
 * least. What is not told by then never is: Alertmanager says nothing of what ends while it is inhibited.
 */
const LAST_WORDS_MS = 12_000

/** Resolves once operations begin at the floor's rate or faster. Throws LOAD_FLOOR_NOT_REACHED. */
export async function waitForFloor(load: LiveLoad, { drill, session: { world }, signal }: Pick<DrillStage, 'session' | 'signal'> & { readonly drill: Pick<LoadedDrill, 'load'> }): Promise<void> {
  const floor = perSecond(drill.load.floor)
  const tail = tailHistory(load.history, 3_000)
  let last = 0
  let ended: string | undefined
  void load.exited.then(({ code }) => (ended = `k6 ended by itself with exit code ${code}`))
  const wait = { clock: world.clock, within: FLOOR_WITHIN, every: 250, signal, what: `${floor} operations per second` }
  const look = async () => {
    const seen = await tail.read(world.clock.now())
    last = seen.perSecond
    if (ended !== undefined) return { ok: false }
    return seen.invoked > floor && seen.perSecond >= floor ? { ok: true } : undefined
  }
  const { ok } = await poll(wait, look).catch(() => {
    signal.throwIfAborted()
    return { ok: false }
  })
  if (!ok) throw new HarnessError(ended ? 'LOAD_NOT_STARTED' : 'LOAD_FLOOR_NOT_REACHED', `${ended ?? `the load came to ${last.toFixed(1)} operations per second`}, wanted ${floor}`)
}

/** Lets alerts of an earlier drill resolve. Throws BASELINE_NOT_STEADY naming those that stay. */
export async function waitForQuiet({ session, drill, signal }: DrillStage): Promise<void> {
  const within = Math.max(LEAST_QUIET_MS, parseDuration('15m') / session.acceleration)
  let left: readonly string[] = []
  const wait = { clock: session.world.clock, within, every: 250, signal, what: 'alerts to resolve' }
  await poll(wait, async () => {
    const strangers = (await activeAlerts(session, signal)).filter((one) => !alertIsAllowed(one, allowedIn(drill, session.rig.stack.harness)))
    left = strangers.map(({ alert, labels }) => `${alert}{service="${labels.service ?? ''}"}`)
    return left.length === 0
  }).catch((cause: unknown) => {
    signal.throwIfAborted()
    const what = left.length > 0 ? `already firing before the fault: ${left.join(', ')}` : 'cannot tell which alerts were firing before the fault'
    throw new HarnessError('BASELINE_NOT_STEADY', what, { cause })
  })
}

/** After the last fault: until alerts, deliveries and load are quiet again, or until every derived deadline has passed. */
export async function waitUntilSettled({ session, drill, signal }: DrillStage, rules: EvidenceOf<'rules'>): Promise<void> {
  const { clock } = session.world
  const began = clock.now()
  const { alerts, receivers, scrapeMs } = rules.value
  const longest = Math.max(longestReset(alerts, receivers, scrapeMs), ...drill.criteria.map((c) => (c.kind === 'recovers' ? parseDuration(c.within) / session.acceleration : 0)))
  const wait = { clock, within: longest + TAIL_MS, every: 250, signal, what: 'everything to be quiet again' }
  const goes = (one: Named) => !alertIsAllowed(one, allowedIn(drill, session.rig.stack.harness)) || isExpected(one, drill)
  const patience = 2 * slowestReceiver(receivers).groupIntervalMs + LAST_WORDS_MS
  let quietSince: number | undefined
  await poll(wait, async () => {
    quietSince = (await activeAlerts(session, signal)).some(goes) ? undefined : (quietSince ?? clock.now())
    if (quietSince === undefined) return false
    return !session.deliveries.open().some(goes) || clock.now() - quietSince > patience
  }).catch(() => signal.throwIfAborted())
  const tail = drill.criteria.some(({ kind }) => kind === 'recovers') ? TAIL_MS : SHORT_TAIL_MS
  await clock.sleep(Math.max(0, began + tail - clock.now()), signal)
}

interface Named {
  readonly alert: string
  readonly labels: Labels
}

/** Also where it would be allowed to fire for another label set: that it ends is what is watched for. */
function isExpected(alert: Named, { criteria }: LoadedDrill): boolean {
  return alertIsAllowed(alert, criteria.flatMap((one) => (one.kind === 'alert-fires' && one.resolves !== false ? [one] : [])))
}

/** Pending and firing alerts. Throws when Prometheus does not say. */
async function activeAlerts({ rig, world }: Session, signal: AbortSignal): Promise<readonly Named[]> {
  const seen = await probeActiveAlerts({ rig, clock: world.clock, signal })
  if (!seen.covered) throw new HarnessError('PROBE_UNREACHABLE', seen.missing ?? 'Prometheus did not answer')
  return seen.value
}
