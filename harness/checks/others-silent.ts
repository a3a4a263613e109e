// Did every alert stay silent that the drill neither expects nor allows?
import { alertIsAllowed } from '../model/criterion.ts'
import type { AlertMatcher } from '../model/criterion.ts'
import { humanDuration } from '../model/duration.ts'
import type { Labels, Window } from '../model/evidence.ts'
import { evidenceOf, offsetOf } from '../model/record.ts'
import type { DrillRecord } from '../model/record.ts'
import { changedGroups, evaluationGap, gapOf } from './coverage.ts'
import { endOf, sayWhen, snapshotOf } from './disturbance.ts'
import { carries } from './labels.ts'
import { fail, inconclusive, pass } from './outcome.ts'
import type { Check } from './outcome.ts'
import { count, sayAlert, sayList, sayMissing } from './wording.ts'

export const othersSilent: Check<'others-silent'> = {
  describe: ({ allow }) =>
    allow.length === 0
      ? 'no alert fires'
      : `no alert fires other than ${allow.map(({ alert, labels }) => sayAlert(alert, labels)).join(', ')}`,
  judge({ allow }, record) {
    const snapshot = snapshotOf(record)
    const lines = [
      ...(snapshot ? [snapshot.seq] : []),
      ...evidenceOf(record, 'alerts')
        .slice(-1)
        .map(({ seq }) => seq),
    ]
    const before = (snapshot?.evidence.value ?? []).filter(({ state }) => state === 'firing')
    const strangers = strangersOf(record, allow)
    const fresh = strangers.filter((firing) => !firing.early && !before.some((old) => isSame(old, firing)))
    if (fresh.length > 0)
      return fail(sayFirings(fresh, record), { lines: [...new Set([...lines, ...fresh.map(({ line }) => line)])] })
    const old = [...before.filter((alert) => !alertIsAllowed(alert, allow)), ...strangers]
    if (old.length > 0)
      return inconclusive(`${sayList(distinct(old))} was firing before anything was done; mend it, or allow it`, {
        lines,
      })
    const gap = blindness(record)
    if (gap !== undefined) return inconclusive(gap, { lines })
    return pass(`nothing else fired in ${humanDuration(watchOf(record).to - watchOf(record).from)}${sayChanged(record)}`, { lines })
  },
}

interface Firing {
  readonly alert: string
  readonly labels: Labels
  readonly at: number
  readonly line: number
  /** It began before the baseline did. */
  readonly early: boolean
}

/** From the start of the baseline to the end of the drill. */
function watchOf(record: DrillRecord): Window {
  return { from: record.phases.baseline?.from ?? record.openedAt, to: endOf(record) }
}

function strangersOf(record: DrillRecord, allow: readonly AlertMatcher[]): readonly Firing[] {
  const watch = watchOf(record)
  const unknown = [...spansFiring(record), ...deliveredFiring(record)].filter((one) => !alertIsAllowed(one, allow))
  const seen = unknown.filter(({ at, until }) => until >= watch.from && at <= watch.to)
  return seen.map((firing) => ({ ...firing, early: firing.at <= watch.from })).sort((a, b) => a.at - b.at)
}

type Stretch = Omit<Firing, 'early'> & { readonly until: number }

function spansFiring(record: DrillRecord): readonly Stretch[] {
  const look = evidenceOf(record, 'alerts').at(-1)
  const offset = offsetOf(record, 'prometheus') ?? 0
  return (look?.evidence.value.series ?? []).flatMap(({ alert, labels, state, spans }) =>
    state === 'firing'
      ? spans.map(({ from, to }) => ({ alert, labels, at: from - offset, until: to - offset, line: look?.seq ?? 0 }))
      : [],
  )
}

/** A notification repeats how long its alert has been firing, so an old one is known by its start. */
function deliveredFiring(record: DrillRecord): readonly Stretch[] {
  return evidenceOf(record, 'delivery').flatMap(({ at, seq, evidence }) =>
    evidence.value.notifications
      .filter(({ status }) => status === 'firing')
      .map(({ alert, labels, startsAt }) => ({ alert, labels, at: Math.min(at, startsAt), until: at, line: seq })),
  )
}

interface Named {
  readonly alert: string
  readonly labels: Labels
}

/** Notifications may carry labels that Prometheus adds to everything it sends. */
function isSame(old: Named, firing: Named): boolean {
  return old.alert === firing.alert && carries({ alertname: firing.alert, ...firing.labels }, old.labels)
}

function distinct(alerts: readonly Named[]): readonly string[] {
  return [...new Set(alerts.map(({ alert, labels }) => sayAlert(alert, labels)))]
}

function sayFirings(firings: readonly Firing[], record: DrillRecord): string {
  const first = new Map(firings.toReversed().map((firing) => [sayAlert(firing.alert, firing.labels), firing]))
  const said = [...first].toReversed().map(([name, { at }]) => `${name} ${sayWhen(at, record)}`)
  return `${count(first.size, 'unexpected alert')} fired: ${sayList(said)}`
}

function sayChanged(record: DrillRecord): string {
  const changed = changedGroups(record)
  return changed.length === 0 ? '' : `; the silence of group ${sayList(changed)}, which the fault changes, proves nothing`
}

/** Why the silence of this drill does not count; undefined when it does. */
function blindness(record: DrillRecord): string | undefined {
  const snapshot = snapshotOf(record)
  if (snapshot === undefined) return 'nobody looked which alerts were firing before the fault'
  if (!snapshot.evidence.covered)
    return `the alerts before the fault are not known${sayMissing(snapshot.evidence.missing)}`
  const offset = offsetOf(record, 'prometheus')
  if (offset === undefined) return 'the clock of Prometheus was never compared with ours'
  const look = evidenceOf(record, 'alerts').at(-1)?.evidence
  if (look === undefined) return 'no alert history was recorded'
  const seen = { from: look.value.window.from - offset, to: look.value.window.to - offset }
  const undelivered = evidenceOf(record, 'delivery').find(({ evidence }) => !evidence.covered)?.evidence
  if (undelivered !== undefined) return `deliveries were not fully seen${sayMissing(undelivered.missing)}`
  return gapOf('alerts', look, { seen, needed: watchOf(record) }) ?? evaluationGap(look.value.groups, changedGroups(record))
}
