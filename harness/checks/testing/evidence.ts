// Made-up evidence for tests, told in seconds of a made-up drill (records.ts).
import type { Channel } from '../../model/criterion.ts'
import type {
  AlertSpans,
  EvidenceOf,
  Labels,
  LoadBucket,
  RuleFact,
  SpanFact,
  StoreTally,
  TraceFact,
} from '../../model/evidence.ts'
import { at, END } from './records.ts'

/** Makes any evidence blind: the source answered for a part only. */
export function blind<E extends { readonly covered: boolean }>(evidence: E): E {
  return { ...evidence, covered: false, missing: 'Prometheus did not answer' }
}

export const aRule: RuleFact = {
  alert: 'SlowResponseTime',
  group: 'latency',
  expr: 'service:latency:p95 > 0.5',
  labels: { severity: 'page' },
  forMs: 10_000,
  keepFiringMs: 0,
  intervalMs: 1_000,
  windowMs: 10_000,
  depth: 1,
  health: 'ok',
}

/** What every derived limit is made of. */
export const SCRAPE_MS = 1_000
export const backend = { receiver: 'backend', groupWaitMs: 2_000, groupIntervalMs: 5_000 }

export function rules(changes: Partial<RuleFact> = {}): EvidenceOf<'rules'> {
  return { probe: 'rules', covered: true, value: { scrapeMs: SCRAPE_MS, alerts: [{ ...aRule, ...changes }], receivers: [backend] } }
}

export function clock(offsetMs = 0): EvidenceOf<'clock'> {
  return { probe: 'clock', covered: true, value: { source: 'prometheus', offsetMs, roundTripMs: 2 } }
}

export function snapshot(
  ...alerts: readonly { readonly alert: string; readonly labels?: Labels; readonly state?: string }[]
): readonly [number, EvidenceOf<'active-alerts'>] {
  const value = alerts.map(({ alert, labels = {}, state = 'firing' }) => ({ alert, labels, state, since: at(-100) }))
  return [59, { probe: 'active-alerts', covered: true, value }]
}

/** One stretch of an alert: from and to in seconds. */
export function spell(
  state: 'pending' | 'firing',
  [from, to]: readonly [number, number],
  changes: Partial<AlertSpans> = {},
): AlertSpans {
  return {
    alert: 'SlowResponseTime',
    labels: { service: 'sample', severity: 'page' },
    state,
    spans: [{ from: at(from), to: at(to) }],
    ...changes,
  }
}

export function alerts(...series: readonly AlertSpans[]): EvidenceOf<'alerts'> {
  const groups = [{ group: 'latency', intervalMs: 1_000, evaluations: 180, longestGapMs: 1_010 }]
  return { probe: 'alerts', covered: true, value: { window: { from: at(0), to: at(END) }, series, groups } }
}

interface Told {
  readonly channel?: Channel
  readonly text?: string
  readonly annotations?: Labels
  readonly receiver?: string
  readonly alert?: string
  readonly labels?: Labels
}

export function delivery(
  seconds: number,
  status: 'firing' | 'resolved',
  told: Told = {},
): readonly [number, EvidenceOf<'delivery'>] {
  const { receiver = 'backend', alert = 'SlowResponseTime', labels = { service: 'sample', severity: 'page' }, annotations = {}, ...more } = told
  const notifications = [{ alert, status, labels, annotations, startsAt: at(Math.min(seconds, 80)) }]
  return [seconds, { probe: 'delivery', covered: true, value: { receiver, groupKey: '{}', notifications, ...more } }]
}

/** The highest value at each second; comparator > 0.5. */
export function signal(
  values: readonly number[],
  changes: Partial<EvidenceOf<'rule-signal'>['value']> = {},
): EvidenceOf<'rule-signal'> {
  const series = [
    { labels: { service: 'sample' }, points: values.map((value, index) => [at(60 + index), value] as const) },
  ]
  const value = {
    alert: 'SlowResponseTime',
    window: { from: at(60), to: at(120) },
    left: 'service:latency:p95',
    comparator: '>',
    threshold: 0.5,
    partial: false,
    stepMs: 1_000,
    series,
  }
  return { probe: 'rule-signal', covered: true, value: { ...value, ...changes } }
}

/** Twenty good operations of 50 ms in every second, but for what `change` says of a second. */
export function load(change: (second: number) => Partial<LoadBucket> = () => ({})): EvidenceOf<'load'> {
  const healthy = { invoked: 20, good: 20, bad: 0, unknown: 0, p50: 20, p95: 50 }
  const buckets = Array.from({ length: END }, (_, second) => ({ t: at(second), ...healthy, ...change(second) }))
  return {
    probe: 'load',
    covered: true,
    value: { scenario: 'sample-processing', window: { from: at(0), to: at(END) }, buckets },
  }
}

export function span(service: string, kind: SpanFact['kind'], changes: Partial<SpanFact> = {}): SpanFact {
  return {
    id: `${service}-${kind}`,
    parent: '',
    service,
    name: `${kind} of ${service}`,
    kind,
    startMs: at(70),
    ms: 20,
    error: false,
    peer: '',
    ...changes,
  }
}

export function trace(id: string, spans: readonly SpanFact[], changes: Partial<TraceFact> = {}): TraceFact {
  return { id, t: at(70), phase: 'fault', op: 'sample.create', complete: true, orphans: 0, spans, ...changes }
}

export function traces(list: readonly TraceFact[], notFound: readonly string[] = []): EvidenceOf<'traces'> {
  return { probe: 'traces', covered: true, value: { asked: list.length + notFound.length, notFound, traces: list } }
}

/** One value each second of the fault phase. */
export function value(
  values: readonly number[],
  changes: Partial<EvidenceOf<'value'>['value']> = {},
): EvidenceOf<'value'> {
  const series = [
    { labels: { service: 'sample' }, points: values.map((amount, index) => [at(60 + index), amount] as const) },
  ]
  const own = {
    query: 'up',
    phase: 'fault',
    window: { from: at(60), to: at(120) },
    stepMs: 1_000,
    expectedPoints: values.length,
    series,
  } as const
  return { probe: 'value', covered: true, value: { ...own, ...changes } }
}

export function store(
  ...tally: readonly (readonly [StoreTally['outcome'], StoreTally['rows'], number])[]
): EvidenceOf<'store'> {
  const cells = tally.map(([outcome, rows, keys]) => ({
    outcome,
    rows,
    keys,
    examples: rows === 1 && outcome === 'acknowledged' ? [] : ['S-1', 'S-2'],
  }))
  return { probe: 'store', covered: true, value: { scenario: 'sample-processing', store: 'samples', tally: cells } }
}

/** One invariant with the violations of its first and its last look; the first is had at once, a last one that is 0 after 4 s. */
export function invariant(
  name: string,
  [first, last]: readonly number[],
  changes: Partial<EvidenceOf<'invariant'>['value']> = {},
): EvidenceOf<'invariant'> {
  const began = first === undefined ? undefined : { afterMs: 100, violations: first }
  const ended = last === undefined ? began : { afterMs: last === 0 ? 4_100 : 30_100, violations: last }
  const examples = Array.from({ length: Math.min(5, ended?.violations ?? 0) }, (_, index) => {
    return { key: `K-${index + 1}`, why: `rows ${index + 1} and ${index + 2}` }
  })
  const looks = last === undefined ? 1 : 9
  const found = began && ended && { first: began, last: ended }
  return {
    probe: 'invariant',
    covered: true,
    value: { invariant: name, when: 'after', settleMs: 30_000, looks, ...found, examples, ...changes },
  }
}
