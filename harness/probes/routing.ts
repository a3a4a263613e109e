// Where Alertmanager sends each alert it holds, and what keeps it from doing so.
import { z } from 'zod'
import type { EvidenceOf } from '../model/evidence.ts'
import { httpClient } from './http-client.ts'
import { observe, type ProbeContext } from './probe.ts'

const answer = z.array(
  z.object({
    labels: z.record(z.string(), z.string()),
    fingerprint: z.string(),
    receivers: z.array(z.object({ name: z.string() })),
    status: z.object({ silencedBy: z.array(z.string()), inhibitedBy: z.array(z.string()) }),
  }),
)

/** All alerts that have not ended, silenced and inhibited ones included. Labels come without alertname. */
export async function probeRouting({ rig, clock, signal }: ProbeContext): Promise<EvidenceOf<'routing'>> {
  const seen = await observe<EvidenceOf<'routing'>['value']>(signal, [], async () => {
    const http = httpClient({ name: 'Alertmanager', base: rig.observer('alertmanager'), clock, signal })
    const alerts = await http.json({ path: '/api/v2/alerts' }, answer)
    return {
      value: alerts.map(({ labels: { alertname = '', ...labels }, fingerprint, receivers, status }) => {
        return { alert: alertname, labels, receivers: receivers.map(({ name }) => name), ...status, fingerprint }
      }),
    }
  })
  return { probe: 'routing', ...seen }
}
