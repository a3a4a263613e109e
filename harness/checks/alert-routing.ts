// Why was a firing alert not delivered? What Alertmanager did with it, and who got it instead.
import { evidenceOf } from '../model/record.ts'
import type { DrillRecord } from '../model/record.ts'
import type { Delivered, Expected } from './alert-sight.ts'
import { carries } from './labels.ts'
import { count, sayList } from './wording.ts'

/** `deliveries` are the firing notifications of the wanted alert, whoever got them. */
export function whyUndelivered(criterion: Expected, deliveries: readonly Delivered[], record: DrillRecord): string {
  const byOther = (receiver: string, channel = 'webhook') => (receiver === criterion.receiver ? `${receiver} by ${channel}` : receiver)
  const receivers = [...new Set(deliveries.map(({ receiver, channel }) => byOther(receiver, channel)))]
  if (receivers.length > 0) return `${sayList(receivers)} got it instead`
  const looks = evidenceOf(record, 'routing')
  const routes = looks
    .flatMap(({ evidence }) => evidence.value)
    .filter((route) => route.alert === criterion.alert && carries(route.labels, criterion.labels))
  const silenced = [...new Set(routes.flatMap(({ silencedBy }) => silencedBy))]
  if (silenced.length > 0) return `a silence muted it (${sayList(silenced)})`
  const inhibited = [...new Set(routes.flatMap(({ inhibitedBy }) => inhibitedBy))]
  if (inhibited.length > 0) return `another alert inhibited it (${sayList(inhibited)})`
  const routed = [...new Set(routes.flatMap((route) => route.receivers))]
  if (routed.length > 0) return `Alertmanager routes it to ${sayList(routed)}, and nobody got it${whySent(record)}`
  if (looks.some(({ evidence }) => evidence.covered)) return `Alertmanager was never seen to hold it${whyTaken(record)}`
  return 'nobody got it, and what Alertmanager did with it was not recorded'
}

/** What became of the notifications that Alertmanager sent, by its own counters. */
function whySent(record: DrillRecord): string {
  const look = evidenceOf(record, 'notifications').at(-1)?.evidence
  if (look === undefined || !look.covered) return ''
  const failing = look.value.integrations.filter(({ failed }) => failed > 0)
  const said = failing.map(({ integration, requests, failed, reasons }) => {
    const why = reasons.length > 0 ? ` (given up: ${sayList(reasons)})` : ''
    return `${failed} of ${count(requests, `${integration} request`)} failed${why}`
  })
  if (said.length > 0) return `: ${sayList(said)}`
  return look.value.integrations.length === 0 ? ': it sent no notification, the sink was never called' : ''
}

/** What kept the alert from reaching Alertmanager, by the counters of Prometheus. */
function whyTaken(record: DrillRecord): string {
  const look = evidenceOf(record, 'notifications').at(-1)?.evidence
  if (look === undefined || !look.covered) return ''
  const { alertmanagers, taken, errors } = look.value
  if (alertmanagers === 0) return ': Prometheus knows no Alertmanager'
  return errors > 0 ? `: Prometheus could not hand over ${errors} of ${count(taken + errors, 'alert')}` : ''
}
