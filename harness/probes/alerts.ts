// Which alerts were pending or firing in a window, by the times of Prometheus's samples and never by the moment of
// our poll.
import type { EvidenceOf, Window } from '../model/evidence.ts'
import { alertSpans } from './alert-spans.ts'
import { coverageGap, groupCoverage } from './group-coverage.ts'
import { loadedGroups, scrapeMsOf, type LoadedGroup } from './loaded-rules.ts'
import { observe, type ProbeContext, type Seen } from './probe.ts'
import { prometheusOf } from './prometheus-api.ts'

type Value = EvidenceOf<'alerts'>['value']

/**
 * The window is in Prometheus's time. Not covered when Prometheus does not answer, does not scrape itself, left a
 * group unevaluated for more than four intervals and one scrape: then the absence of an alert says nothing. Nor does it
 * where a rule of its group failed, which stands with the group.
 */
export async function probeAlerts(context: ProbeContext, window: Window): Promise<EvidenceOf<'alerts'>> {
  const seen = await observe<Value>(context.signal, { window, series: [], groups: [] }, () => read(context, window))
  return { probe: 'alerts', ...seen }
}

async function read(context: ProbeContext, window: Window): Promise<Seen<Value>> {
  const prometheus = prometheusOf(context)
  const [groups, scrapeMs, alerts, evaluated, failures] = await Promise.all([
    loadedGroups(prometheus),
    scrapeMsOf(prometheus),
    prometheus.samples('ALERTS', window),
    prometheus.samples('prometheus_rule_group_last_evaluation_timestamp_seconds', window),
    prometheus.samples('prometheus_rule_evaluation_failures_total', window),
  ])
  const evaluations = { window, scrapeMs, groups, evaluated, failures }
  const series = alertSpans(alerts, (alert) => intervalMsOf(groups, alert))
  return { value: { window, series, groups: groupCoverage(evaluations) }, missing: coverageGap(evaluations) }
}

/** The longest interval of the groups that hold the alert; of all groups when none does any more. */
function intervalMsOf(groups: readonly LoadedGroup[], alert: string): number {
  const holders = groups.filter(({ rules }) => rules.some(({ type, name }) => type === 'alerting' && name === alert))
  return Math.max(0, ...(holders.length > 0 ? holders : groups).map(({ interval }) => interval * 1_000))
}
