// Which alerts are pending or firing at this moment, by Prometheus's own account.
import { z } from 'zod'
import type { EvidenceOf } from '../model/evidence.ts'
import { observe, type ProbeContext } from './probe.ts'
import { prometheusOf } from './prometheus-api.ts'

const labels = z.record(z.string(), z.string())
const alert = z.object({ labels, state: z.string(), activeAt: z.iso.datetime({ offset: true }) })
const answer = z.object({ alerts: z.array(alert) })

/**
 * `since` is when the expression became true, in milliseconds since the epoch by Prometheus's clock. Labels come
 * without alertname.
 */
export async function probeActiveAlerts(context: ProbeContext): Promise<EvidenceOf<'active-alerts'>> {
  const seen = await observe<EvidenceOf<'active-alerts'>['value']>(context.signal, [], async () => {
    const { alerts } = await prometheusOf(context).get('/api/v1/alerts', answer)
    return {
      value: alerts.map(({ labels: { alertname = '', ...labels }, state, activeAt }) => {
        return { alert: alertname, labels, state, since: Date.parse(activeAt) }
      }),
    }
  })
  return { probe: 'active-alerts', ...seen }
}
