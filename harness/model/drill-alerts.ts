// What each alert came to in one drill: asked for and fired, missing, fired unasked, allowed. The same words for quality, history and reports.
import { alertIsAllowed } from './criterion.ts'
import type { CriterionOf } from './criterion.ts'
import type { AlertSpans, Labels, Window } from './evidence.ts'
import type { Finding, JudgedDrill, MeasuredTime } from './finding.ts'
import { evidenceOf, offsetOf } from './record.ts'
import type { DrillRecord } from './record.ts'
import { ALERT_TIMES } from './run-history.ts'
import type { AlertTime, Asked, DrillAlert } from './run-history.ts'
import { worst } from './verdict.ts'

/** Those that were asked for or fired, by name, but for the heartbeat, which always does. What fired in a drill that was not gone through to its end says nothing. */
export function alertsIn(record: DrillRecord, { findings }: Pick<JudgedDrill, 'findings'>): readonly DrillAlert[] {
  const wanted = findings.filter((finding): finding is AlertFinding => finding.criterion.kind === 'alert-fires')
  const firings = record.closed?.reason === 'completed' ? firingsOf(record) : []
  const beating = new Set(record.criteria.flatMap((criterion) => (criterion.kind === 'heartbeat-arrives' ? [criterion.alert] : [])))
  const names = [...new Set([...wanted.map(({ criterion }) => criterion.alert), ...firings.map(({ alert }) => alert).filter((alert) => !beating.has(alert))])].sort()
  return names.map((alert) => {
    const asked = askedOf(wanted.filter(({ criterion }) => criterion.alert === alert))
    return { alert, asked, ...talliesOf(firings.filter((one) => one.alert === alert), asked, record) }
  })
}

/** Whether the silence of a drill means anything: it was gone through to its end, and its alerts were looked at. */
export function isWatched(record: DrillRecord): boolean {
  return record.closed?.reason === 'completed' && evidenceOf(record, 'alerts').at(-1)?.evidence.covered === true
}

type AlertFinding = Finding & { readonly criterion: CriterionOf<'alert-fires'> }

/** Several criteria may ask for the same alert by other channels: it is asked for once, and delivered when the last was told. */
function askedOf(findings: readonly AlertFinding[]): readonly Asked[] {
  const sets = Map.groupBy(findings, ({ criterion: { labels = {} } }) => JSON.stringify(labels, Object.keys(labels).sort()))
  return [...sets.values()].map((own) => {
    const conclusive = own.filter(({ verdict }) => verdict !== 'inconclusive')
    const times = conclusive.flatMap((one) => one.times)
    const labels = own[0]?.criterion.labels
    const verdict = conclusive.length === 0 ? 'inconclusive' : worst(conclusive.map((one) => one.verdict))
    return { ...(labels && { labels }), verdict, fired: own.some(hasFired), ...slowest(times) }
  })
}

function hasFired({ times }: Finding): boolean {
  return times.some(({ name }) => name === ALERT_TIMES.detection)
}

function slowest(times: readonly MeasuredTime[]): Pick<Asked, AlertTime> {
  const pairs = Object.entries(ALERT_TIMES).flatMap(([key, name]) => {
    const [time] = times.filter((one) => one.name === name).toSorted((a, b) => b.ms - a.ms)
    return time === undefined ? [] : [[key, { ms: time.ms, ...(time.limitMs !== undefined && { limitMs: time.limitMs }) }] as const]
  })
  return Object.fromEntries(pairs)
}

/** On our clock: when a label set began firing, each time that it did while the drill was watched; never when it only fired before. */
interface Firing {
  readonly alert: string
  readonly labels: Labels
  readonly began: readonly number[]
}

function firingsOf(record: DrillRecord): readonly Firing[] {
  const watch = watchOf(record)
  if (watch === undefined) return []
  const series = evidenceOf(record, 'alerts').at(-1)?.evidence.value.series.filter(({ state }) => state === 'firing') ?? []
  const seen = series.map((one) => ({ alert: one.alert, labels: one.labels, began: beginnings(one, record) }))
  const known = new Set(series.map(({ alert }) => alert))
  const told = evidenceOf(record, 'delivery').flatMap(({ at, evidence }) =>
    evidence.value.notifications.flatMap(({ alert, labels, status, startsAt }) =>
      status === 'firing' && !known.has(alert) ? [{ alert, labels, began: [Math.min(at, startsAt)] }] : [],
    ),
  )
  const inTime = [...seen, ...told].map((one) => ({ ...one, began: one.began.filter((at) => at <= watch.to) })).filter(({ began }) => began.length > 0)
  return inTime.map((one) => ({ ...one, began: one.began.filter((at) => at > watch.from) }))
}

function beginnings({ spans }: AlertSpans, record: DrillRecord): readonly number[] {
  const offset = offsetOf(record, 'prometheus') ?? 0
  return spans.map(({ from }) => from - offset)
}

function watchOf({ phases }: DrillRecord): Window | undefined {
  const to = (phases.recovery ?? phases.fault ?? phases.baseline)?.to
  return phases.baseline === undefined || to === undefined ? undefined : { from: phases.baseline.from, to }
}

function talliesOf(all: readonly Firing[], asked: readonly Asked[], record: DrillRecord): Omit<DrillAlert, 'alert' | 'asked'> {
  const firings = all.filter(({ began }) => began.length > 0)
  const allow = record.criteria.flatMap((criterion) => (criterion.kind === 'others-silent' ? criterion.allow : []))
  const others = firings.filter((one) => !asked.some(({ labels }) => alertIsAllowed(one, [{ alert: one.alert, ...(labels && { labels }) }])))
  const allowed = setsOf(others.filter((one) => alertIsAllowed(one, allow)))
  return { unasked: setsOf(others) - allowed, allowed, early: setsOf(all) - setsOf(firings), flapped: setsOf(firings.filter((one) => flaps(one, record))) }
}

/** The same label set is told of again and again. */
function setsOf(firings: readonly Firing[]): number {
  return new Set(firings.map(({ labels }) => JSON.stringify(labels, Object.keys(labels).sort()))).size
}

function flaps({ began }: Firing, { faults, phases }: DrillRecord): boolean {
  return faults.some(({ appliedAt, revertedAt }) => {
    if (appliedAt === undefined) return false
    const until = revertedAt ?? phases.fault?.to ?? Infinity
    return began.filter((at) => at >= appliedAt && at <= until).length > 1
  })
}
