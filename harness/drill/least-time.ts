// The least time a drill can take to its verdict: what its own text and the configuration of the monitoring demand. Pure.
import type { LoadedDrill } from '../model/drill.ts'
import { parseDuration } from '../model/duration.ts'
import { slowestReceiver } from '../model/deadline.ts'
import { spanOf } from './check-faults.ts'
import type { Plan } from './timeline.ts'
import type { AlertRule } from './read-rules.ts'

/** Real milliseconds, and what they are spent on. */
export interface LeastTime {
  readonly ms: number
  readonly parts: readonly { readonly what: string; readonly ms: number }[]
}

/**
 * Each wait that is prescribed counts once and in full, and nothing counts for work: neither the start of the load, nor proofs,
 * nor reading the evidence. Baseline; then the faults as declared, or as long as the slowest expected alert needs to reach its
 * receiver (scrape of the quickest target, evaluation, `for`, group wait), whichever is longer; then as long as the slowest alert
 * needs to end (scrape, the whole of its window, evaluation, `keep_firing_for`). A rule and the records below it may share one
 * evaluation, and the next tick of a group, which tells that its alerts have ended, may come at once. `fired` are alerts that did
 * fire besides the expected ones: a drill that is over before they are has not seen the system recover.
 */
export function leastTimeOf(drill: LoadedDrill, plan: Plan, fired: readonly string[] = []): LeastTime {
  const { acceleration } = plan
  const real = (duration: string) => parseDuration(duration) / acceleration
  const parts = [
    { what: 'baseline', ms: real(drill.baseline) },
    ...(drill.faults.length === 0 ? [{ what: 'hold', ms: real(drill.hold ?? '0s') }] : faultParts(drill, plan, fired)),
  ]
  return { ms: parts.reduce((sum, part) => sum + part.ms, 0), parts }
}

function faultParts(drill: LoadedDrill, plan: Plan, fired: readonly string[]): LeastTime['parts'] {
  const spans = drill.faults.map(spanOf)
  const declared = Math.max(...spans.map(({ to }) => to)) / plan.acceleration
  const first = Math.min(...spans.map(({ from }) => from)) / plan.acceleration
  const expected = drill.criteria.filter((criterion) => criterion.kind === 'alert-fires')
  const told = expected.map(({ alert, receiver }) => first + Math.min(...rulesOf(alert, plan).map((rule) => toldAfter(rule, receiver, plan))))
  const ending = [...expected.filter(({ resolves }) => resolves !== false).map(({ alert }) => alert), ...fired]
  const ended = ending.map((alert) => Math.min(...rulesOf(alert, plan).map((rule) => endedAfter(rule, plan))))
  return [
    { what: 'faults', ms: Math.max(declared, ...told.filter(Number.isFinite)) },
    { what: 'alerts to end', ms: Math.max(0, ...ended.filter(Number.isFinite)) },
  ]
}

function rulesOf(alert: string, { observed }: Plan): readonly AlertRule[] {
  return observed.rules.filter((rule) => rule.alert === alert)
}

/** A window need not be full for a rule to notice, so it does not count here. */
function toldAfter(rule: AlertRule, receiver: string | undefined, { observed: { receivers, leastScrapeMs } }: Plan): number {
  const own = receivers.find((one) => one.receiver === receiver) ?? slowestReceiver([])
  return leastScrapeMs + rule.intervalMs + rule.forMs + own.groupWaitMs
}

function endedAfter(rule: AlertRule, { observed: { leastScrapeMs } }: Plan): number {
  return leastScrapeMs + rule.windowMs + rule.intervalMs + rule.keepFiringMs
}
