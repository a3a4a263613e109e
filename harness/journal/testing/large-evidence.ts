// The evidence of one drill of a large journal, of the size real probes bring home.
import type { Evidence, SpanFact, TraceFact, Window } from '../../model/evidence.ts'

const SERVICES = ['api-gateway', 'auth', 'sample', 'postgres-exporter', 'node-exporter'] as const
const RULES = 40
/** How long a drill lasts. */
export const SECONDS = 180
export const SECOND = 1_000

export function factsBefore(): readonly Evidence[] {
  const alerts = Array.from({ length: RULES }, (_, index) => ({
    alert: `Alert${index}`,
    group: `group-${index % 8}`,
    expr: `service:http_request_duration_seconds:p95{service=~".+"} > 0.${index + 10}`,
    labels: { severity: 'page', team: 'backend' },
    forMs: 10_000,
    keepFiringMs: 0,
    intervalMs: SECOND,
    windowMs: 10_000,
    depth: 1,
    health: 'ok',
  }))
  const receivers = [{ receiver: 'backend', groupWaitMs: 2_000, groupIntervalMs: 5_000 }]
  const targets = SERVICES.map((service) => ({ job: service, service, health: 'up', lastError: '' }))
  return [
    { probe: 'rules', covered: true, value: { scrapeMs: SECOND, alerts, receivers } },
    { probe: 'clock', covered: true, value: { source: 'prometheus', offsetMs: 3, roundTripMs: 4 } },
    { probe: 'targets', covered: true, value: targets },
    { probe: 'active-alerts', covered: true, value: [] },
  ]
}

export function factsAfter(began: number): readonly Evidence[] {
  const at = (second: number) => began + second * SECOND
  const traces = Array.from({ length: 30 }, (_, index) => traceOf(at(61 + index), index))
  const tally = [{ outcome: 'acknowledged', rows: 1, keys: 3_000, examples: [] }] as const
  return [
    loadOf(began),
    alertsOf(began),
    ...valuesOf(began),
    { probe: 'traces', covered: true, value: { asked: 30, notFound: [], traces } },
    { probe: 'store', covered: true, value: { scenario: 'sample-processing', store: 'samples', tally } },
  ]
}

function windowOf(began: number): Window {
  return { from: began, to: began + SECONDS * SECOND }
}

function loadOf(began: number): Evidence {
  const healthy = { invoked: 20, good: 20, bad: 0, unknown: 0, p50: 21.5, p95: 48.25 }
  const buckets = Array.from({ length: SECONDS }, (_, second) => {
    const slow = second >= 60 && second < 123 ? { good: 12, unknown: 8, p95: 1_600 } : {}
    return { t: began + second * SECOND, ...healthy, ...slow }
  })
  return { probe: 'load', covered: true, value: { scenario: 'sample-processing', window: windowOf(began), buckets } }
}

function alertsOf(began: number): Evidence {
  const about = { alert: 'Alert7', labels: { service: 'sample', severity: 'page', team: 'backend' } }
  const span = (from: number, to: number) => ({ from: began + from * SECOND, to: began + to * SECOND })
  const groups = Array.from({ length: 8 }, (_, index) => {
    return { group: `group-${index}`, intervalMs: SECOND, evaluations: SECONDS, longestGapMs: 1_003 }
  })
  const series = [
    { ...about, state: 'pending', spans: [span(70, 79)] },
    { ...about, state: 'firing', spans: [span(80, 126)] },
  ] as const
  return { probe: 'alerts', covered: true, value: { window: windowOf(began), series, groups } }
}

function valuesOf(began: number): readonly Evidence[] {
  const series = SERVICES.map((service, level) => {
    const points = Array.from({ length: 61 }, (_, second) => [began + second * SECOND, 1 + level + second / 1_000] as const)
    return { labels: { service }, points }
  })
  const compared = { alert: 'Alert7', left: 'service:p95', comparator: '>', threshold: 0.5, partial: false }
  const baseline = { from: began, to: began + 60 * SECOND }
  const held = { query: 'up', phase: 'baseline', window: baseline, stepMs: SECOND, expectedPoints: 61, series } as const
  return [
    { probe: 'rule-signal', covered: true, value: { ...compared, window: windowOf(began), stepMs: SECOND, series } },
    { probe: 'value', covered: true, value: held },
  ]
}

const HOPS: readonly Pick<SpanFact, 'service' | 'kind' | 'peer'>[] = [
  { service: 'api-gateway', kind: 'server', peer: '' },
  { service: 'api-gateway', kind: 'client', peer: 'sample' },
  { service: 'sample', kind: 'server', peer: '' },
  { service: 'sample', kind: 'client', peer: 'postgres' },
]

function traceOf(t: number, index: number): TraceFact {
  const idOf = (hop: number) => (index * 16 + hop).toString(16).padStart(16, '0')
  const spans = HOPS.map((hop, n) => {
    const parent = n === 0 ? '' : idOf(n - 1)
    return { id: idOf(n), parent, ...hop, name: 'POST /samples', startMs: t + n, ms: 1_600 - n, error: false }
  })
  return { id: idOf(0).padStart(32, '0'), t, phase: 'fault', op: 'sample.create', complete: true, orphans: 0, spans }
}

export function deliveryOf(began: number, status: 'firing' | 'resolved'): Evidence {
  const labels = { service: 'sample', severity: 'page', team: 'backend' }
  const annotations = { summary: 'sample answers slowly', runbook: 'https://runbooks.example/slow-response-time' }
  const notifications = [{ alert: 'Alert7', status, labels, annotations, startsAt: began + 80 * SECOND }]
  return {
    probe: 'delivery',
    covered: true,
    value: { receiver: 'backend', groupKey: '{}:{alertname="Alert7"}', notifications },
  }
}
