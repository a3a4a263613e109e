// Gathers all that was recorded about one expected alert, on our clock, or says why it cannot be judged.
import type { Channel, CriterionOf } from '../model/criterion.ts'
import type { EvidenceOf, Labels, Notification, RuleFact, Window } from '../model/evidence.ts'
import { nearest } from '../model/nearest.ts'
import { evidenceOf, offsetOf } from '../model/record.ts'
import type { DrillRecord } from '../model/record.ts'
import { limitsOf } from './alert-limits.ts'
import type { Limits } from './alert-limits.ts'
import { changedGroups, evaluationGap, failureGap, gapOf } from './coverage.ts'
import { stagesOf } from './alert-stages.ts'
import type { StageFact } from './alert-stages.ts'
import { disturbanceOf, seenWindow, snapshotOf } from './disturbance.ts'
import type { Disturbance } from './disturbance.ts'
import { carries, mayCarry, nearestLabels } from './labels.ts'
import { fail, inconclusive } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import { count, sayAlert, sayLabels, sayMissing } from './wording.ts'

export type Expected = CriterionOf<'alert-fires'>

export interface Stretch {
  readonly labels: Labels
  readonly state: 'pending' | 'firing'
  /** First and last sample, on our clock. */
  readonly from: number
  readonly to: number
}

export interface Delivered {
  readonly at: number
  readonly line: number
  readonly receiver: string
  /** Neither is known of runs before there was more than webhooks. */
  readonly channel?: Channel | undefined
  readonly text?: string | undefined
  readonly notification: Notification
}

export interface AlertSight {
  /** To where it was seen to be gone: an alert cannot resolve before its cause has. How long that took is for `recovers` to say. */
  readonly fault: Window
  /** The rules that can make this alert with these labels. */
  readonly rules: readonly RuleFact[]
  readonly limits: Limits
  readonly stages: readonly StageFact[]
  /** Everything this alert did since the fault began, whatever its labels. */
  readonly stretches: readonly Stretch[]
  readonly deliveries: readonly Delivered[]
  /** Until when Prometheus was looked at. */
  readonly watchedTo: number
  readonly lines: readonly number[]
}

/** An outcome says why nothing can be judged, or that there is nothing that could fire. */
export function sightOf(criterion: Expected, record: DrillRecord): AlertSight | Outcome {
  const disturbance = disturbanceOf(record)
  if (disturbance === undefined) return inconclusive('nothing was done to the system')
  const loaded = rulesFor(criterion, record)
  if ('verdict' in loaded) return loaded
  const before = activeBefore(criterion, record)
  if (before !== undefined) return before
  const history = historyOf(criterion, { record, loaded: loaded.rules, disturbance })
  if ('verdict' in history) return history
  return {
    fault: seenWindow(disturbance, record),
    rules: loaded.rules,
    limits: limitsOf(criterion, loaded.rules, { rules: loaded.facts, acceleration: record.acceleration }),
    stages: stagesOf(criterion),
    stretches: history.stretches,
    deliveries: deliveriesOf(criterion.alert, record, disturbance.beganAt),
    watchedTo: history.watchedTo,
    lines: [loaded.line, history.line],
  }
}

interface Loaded {
  readonly rules: readonly RuleFact[]
  readonly facts: EvidenceOf<'rules'>['value']
  readonly line: number
}

function rulesFor({ alert, labels }: Expected, record: DrillRecord): Loaded | Outcome {
  const look = evidenceOf(record, 'rules').at(-1)
  if (look === undefined) return inconclusive('the rules of Prometheus were not recorded')
  const lines = [look.seq]
  const { covered, missing, value } = look.evidence
  if (!covered)
    return inconclusive(`the rules of Prometheus are not known${sayMissing(missing)}`, {
      lines,
    })
  const named = value.alerts.filter((rule) => rule.alert === alert)
  if (named.length === 0) return fail(notLoaded(alert, value.alerts), { lines })
  const rules = named.filter((rule) => mayCarry(rule.labels, labels))
  if (rules.length > 0) return { rules, facts: value, line: look.seq }
  const other = nearestLabels(named, labels)
  return fail(`the rule ${alert} sets ${sayLabels(other?.labels)}, so it can never carry ${sayLabels(labels)}`, {
    lines,
  })
}

function notLoaded(alert: string, known: readonly RuleFact[]): string {
  const near = nearest(
    alert,
    known.map((rule) => rule.alert),
  )
  const nearby = near === undefined ? '' : `, the nearest name is ${near}`
  return `the rule ${alert} is not loaded; Prometheus holds ${count(known.length, 'alerting rule')}${nearby}`
}

function activeBefore({ alert, labels }: Expected, record: DrillRecord): Outcome | undefined {
  const snapshot = snapshotOf(record)
  if (snapshot === undefined) return inconclusive('nobody looked which alerts were active before the fault')
  const lines = [snapshot.seq]
  const { covered, missing, value } = snapshot.evidence
  const active = value.find(
    (one) => one.alert === alert && carries(one.labels, labels) && (one.state === 'firing' || one.state === 'pending'),
  )
  if (active !== undefined)
    return inconclusive(`${sayAlert(alert, active.labels)} was already ${active.state} before the fault`, { lines })
  return covered
    ? undefined
    : inconclusive(`the alerts before the fault are not known${sayMissing(missing)}`, { lines })
}

interface History {
  readonly stretches: readonly Stretch[]
  readonly watchedTo: number
  readonly line: number
}

function historyOf(
  { alert, labels }: Expected,
  context: { readonly record: DrillRecord; readonly loaded: readonly RuleFact[]; readonly disturbance: Disturbance },
): History | Outcome {
  const { record, loaded, disturbance } = context
  const look = evidenceOf(record, 'alerts').at(-1)
  if (look === undefined) return inconclusive('no alert history was recorded')
  const offset = offsetOf(record, 'prometheus')
  if (offset === undefined)
    return inconclusive('the clock of Prometheus was never compared with ours, so no time can be judged', {
      lines: [look.seq],
    })
  const { value } = look.evidence
  const seen = { from: value.window.from - offset, to: value.window.to - offset }
  const gap = gapOf('alerts', look.evidence, { seen, needed: disturbance.window }) ?? groupGap(loaded, value.groups) ?? failureGap(value.groups, changedGroups(record))
  if (gap !== undefined) return inconclusive(gap, { lines: [look.seq] })
  const stretches = value.series
    .filter((series) => series.alert === alert)
    .flatMap((series) =>
      series.spans.map(({ from, to }) => ({
        labels: series.labels,
        state: series.state,
        from: from - offset,
        to: to - offset,
      })),
    )
    .filter(({ to }) => to >= disturbance.beganAt)
    .sort((a, b) => a.from - b.from)
  const early = stretches.find((stretch) => stretch.from < disturbance.beganAt && carries(stretch.labels, labels))
  if (early !== undefined)
    return inconclusive(`${sayAlert(alert, early.labels)} was already ${early.state} before the fault`, {
      lines: [look.seq],
    })
  return { stretches, watchedTo: seen.to, line: look.seq }
}

function groupGap(loaded: readonly RuleFact[], groups: EvidenceOf<'alerts'>['value']['groups']): string | undefined {
  const names = new Set(loaded.map(({ group }) => group))
  const own = groups.filter(({ group }) => names.has(group))
  const unseen = [...names].find((name) => !own.some(({ group }) => group === name))
  return unseen === undefined ? evaluationGap(own) : `it is not known when rule group ${unseen} was evaluated`
}

export function deliveriesOf(alert: string, record: DrillRecord, from: number): readonly Delivered[] {
  return evidenceOf(record, 'delivery')
    .filter(({ at }) => at >= from)
    .flatMap(({ at, seq, evidence: { value } }) =>
      value.notifications
        .filter((notification) => notification.alert === alert)
        .map((notification) => ({ at, line: seq, receiver: value.receiver, channel: value.channel, text: value.text, notification })),
    )
}
