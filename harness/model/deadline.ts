// How long the alert chain may take, derived from what is configured: one formula for the plan, the run and the checks.
import type { ReceiverFact, RuleFact } from './evidence.ts'

/** Alertmanager to receiver, the network and the sink's own bookkeeping included. */
export const SEND_MS = 2_000
const LEAST_SLACK_MS = 1_000

/** Longest acceptable times in real milliseconds. The first three count from the fault's start, the last two from its end. */
export interface Deadlines {
  readonly pendingMs: number
  readonly firingMs: number
  readonly deliveredMs: number
  readonly resolvedMs: number
  readonly resolvedDeliveredMs: number
}

export type TimedRule = Pick<RuleFact, 'windowMs' | 'depth' | 'intervalMs' | 'forMs' | 'keepFiringMs'>
export type TimedReceiver = Pick<ReceiverFact, 'groupWaitMs' | 'groupIntervalMs'>

/**
 * A change becomes visible to a rule after one scrape and the time its target takes to answer (a scrape at most), the whole of
 * its longest window, and one evaluation for each recording rule below it and for itself. `for` is only seen to have passed at
 * an evaluation. Prometheus resends ended alerts for a while, which keeps their group alive: an alert that fires again waits for
 * the group's next tick and not for group_wait. Slack is two evaluations, at least 1 s. Without a receiver nothing waits for a group.
 */
export function deadlines(rule: TimedRule, receiver: TimedReceiver | undefined, scrapeMs: number): Deadlines {
  const slack = Math.max(2 * rule.intervalMs, LEAST_SLACK_MS)
  const seen = 2 * scrapeMs + rule.windowMs + (rule.depth + 1) * rule.intervalMs + slack
  const firingMs = seen + rule.forMs + rule.intervalMs
  const resolvedMs = seen + rule.keepFiringMs
  return {
    pendingMs: seen,
    firingMs,
    deliveredMs: firingMs + Math.max(receiver?.groupWaitMs ?? 0, receiver?.groupIntervalMs ?? 0) + SEND_MS,
    resolvedMs,
    resolvedDeliveredMs: resolvedMs + (receiver?.groupIntervalMs ?? 0) + SEND_MS,
  }
}

/** Prometheus sends what fires again after a minute, accelerated after a second at the soonest, and may just have tried. */
export function againMs(acceleration: number): number {
  return 2 * Math.max(1_000, 60_000 / acceleration)
}

/**
 * The longest time after a fault until the last receiver is told that all is well: any rule may have noticed something, expected
 * or not, so the slowest rule and the slowest receiver count. Real milliseconds.
 */
export function longestReset(rules: readonly TimedRule[], receivers: readonly TimedReceiver[], scrapeMs: number): number {
  const slowest = slowestReceiver(receivers)
  return Math.max(0, ...rules.map((rule) => deadlines(rule, slowest, scrapeMs).resolvedDeliveredMs))
}

/** The longest waits of all receivers, as if one had them all. */
export function slowestReceiver(receivers: readonly TimedReceiver[]): TimedReceiver {
  return {
    groupWaitMs: Math.max(0, ...receivers.map(({ groupWaitMs }) => groupWaitMs)),
    groupIntervalMs: Math.max(0, ...receivers.map(({ groupIntervalMs }) => groupIntervalMs)),
  }
}
