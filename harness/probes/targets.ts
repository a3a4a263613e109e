// Which scrape targets Prometheus has, and how each is doing.
import { z } from 'zod'
import type { EvidenceOf } from '../model/evidence.ts'
import { observe, type ProbeContext } from './probe.ts'
import { prometheusOf } from './prometheus-api.ts'

const answer = z.object({
  activeTargets: z.array(
    z.object({ labels: z.record(z.string(), z.string()), health: z.string(), lastError: z.string().default('') }),
  ),
})

/**
 * The active targets; `service` is the label of that name, else the job. `health` is up, down or unknown (not scraped
 * yet).
 */
export async function probeTargets(context: ProbeContext): Promise<EvidenceOf<'targets'>> {
  const seen = await observe<EvidenceOf<'targets'>['value']>(context.signal, [], async () => {
    const { activeTargets } = await prometheusOf(context).get('/api/v1/targets', answer, { state: 'active' })
    return { value: activeTargets.map(({ labels, health, lastError }) => ({ ...ownerOf(labels), health, lastError })) }
  })
  return { probe: 'targets', ...seen }
}

function ownerOf({ job = '', service = job }: Readonly<Record<string, string>>): { job: string; service: string } {
  return { job, service }
}
