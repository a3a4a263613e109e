// How long each stage of an alert may take here: derived from what is configured, tightened by the author.
import type { CriterionOf } from '../model/criterion.ts'
import { againMs, deadlines } from '../model/deadline.ts'
import { parseDuration } from '../model/duration.ts'
import type { EvidenceOf, RuleFact } from '../model/evidence.ts'

export type Stage = 'pending' | 'firing' | 'delivered' | 'resolved' | 'resolvedDelivered'
/** Real milliseconds: the first three from the start of the fault, the others from its end. */
export type Limits = Readonly<Record<Stage, number>>

/** Of several rules that make the same alert the slowest counts. */
export function limitsOf(
  { receiver, messenger = false, within = {} }: CriterionOf<'alert-fires'>,
  loaded: readonly RuleFact[],
  context: { readonly rules: EvidenceOf<'rules'>['value']; readonly acceleration: number },
): Limits {
  const { rules, acceleration } = context
  const route = rules.receivers.find((fact) => fact.receiver === receiver)
  const derived = loaded.map((rule) => deadlines(rule, route, rules.scrapeMs))
  const slowest = (pick: (one: (typeof derived)[number]) => number) => Math.max(...derived.map(pick))
  const slack = slackOf(loaded, acceleration)
  const tighten = (limit: number, author: string | undefined) =>
    author === undefined ? limit : Math.min(limit, parseDuration(author) / acceleration + slack)
  return {
    pending: tighten(
      slowest((one) => one.pendingMs),
      within.pending,
    ),
    firing: tighten(
      slowest((one) => one.firingMs),
      within.firing,
    ),
    delivered: tighten(
      messenger ? againMs(acceleration) + slowest((one) => one.deliveredMs - one.firingMs) : slowest((one) => one.deliveredMs),
      within.delivered,
    ),
    resolved: tighten(
      slowest((one) => one.resolvedMs),
      within.resolved,
    ),
    resolvedDelivered: slowest((one) => one.resolvedDeliveredMs),
  }
}

/** Floors and sending do not get faster: accelerated, an author's limit gets the slack that a derived one has. */
function slackOf(loaded: readonly RuleFact[], acceleration: number): number {
  return acceleration === 1 ? 0 : Math.max(1_000, ...loaded.map(({ intervalMs }) => 2 * intervalMs))
}
