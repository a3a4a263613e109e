// How notifications fared on their way: from Prometheus to Alertmanager, and from there to the receivers, by their own counters.
import type { EvidenceOf, IntegrationFact, PointSeries, Window } from '../model/evidence.ts'
import { observe, type ProbeContext } from './probe.ts'
import { prometheusOf } from './prometheus-api.ts'

type Value = EvidenceOf<'notifications'>['value']

/** The window is in Prometheus's time. Not covered where Prometheus scrapes neither itself nor Alertmanager. */
export async function probeNotifications(context: ProbeContext, window: Window): Promise<EvidenceOf<'notifications'>> {
  const nothing: Value = { window, alertmanagers: 0, taken: 0, errors: 0, integrations: [] }
  const seen = await observe<Value>(context.signal, nothing, async () => {
    const { samples } = prometheusOf(context)
    const read = (name: string) => samples(name, window)
    const [known, sent, errors, requests, failed, givenUp] = await Promise.all([
      read('prometheus_notifications_alertmanagers_discovered'),
      read('prometheus_notifications_sent_total'),
      read('prometheus_notifications_errors_total'),
      read('alertmanager_notification_requests_total'),
      read('alertmanager_notification_requests_failed_total'),
      read('alertmanager_notifications_failed_total'),
    ])
    const value = { window, alertmanagers: lastOf(known), taken: risen(sent), errors: risen(errors), integrations: integrationsOf({ requests, failed, givenUp }) }
    return { value, missing: missingOf({ known, requests }) }
  })
  return { probe: 'notifications', ...seen }
}

function missingOf({ known, requests }: { readonly known: readonly PointSeries[]; readonly requests: readonly PointSeries[] }): string | undefined {
  if (known.length === 0) return 'Prometheus has no counters of its own notifications'
  return requests.length === 0 ? 'Prometheus has no counters of Alertmanager' : undefined
}

interface Counters {
  readonly requests: readonly PointSeries[]
  readonly failed: readonly PointSeries[]
  /** Notifications that were not sent again; they alone say why. */
  readonly givenUp: readonly PointSeries[]
}

/** Alertmanager counts from zero for every integration it knows; those that nothing went through are left out. */
function integrationsOf({ requests, failed, givenUp }: Counters): readonly IntegrationFact[] {
  const names = [...new Set(requests.map(({ labels }) => labels.integration ?? ''))].toSorted()
  return names.flatMap((integration) => {
    const own = (all: readonly PointSeries[]) => all.filter(({ labels }) => labels.integration === integration)
    const reasons = own(givenUp).flatMap((series) => (risen([series]) > 0 && series.labels.reason ? [series.labels.reason] : []))
    const fact = { integration, requests: risen(own(requests)), failed: risen(own(failed)), reasons: [...new Set(reasons)] }
    return fact.requests === 0 ? [] : [fact]
  })
}

/** How much counters rose, over restarts. */
function risen(all: readonly PointSeries[]): number {
  const steps = all.flatMap(({ points }) => points.slice(1).map(([, value], i) => (value < (points[i]?.[1] ?? 0) ? value : value - (points[i]?.[1] ?? 0))))
  return steps.reduce((sum, step) => sum + step, 0)
}

function lastOf(all: readonly PointSeries[]): number {
  return all.reduce((sum, { points }) => sum + (points.at(-1)?.[1] ?? 0), 0)
}
