// How far Prometheus's clock stands from ours: every time it reports is on its clock, every time of the load on ours.
import { z } from 'zod'
import type { EvidenceOf } from '../model/evidence.ts'
import { attempt, observe, type ProbeContext } from './probe.ts'
import { numberOf, prometheusOf, type PrometheusApi } from './prometheus-api.ts'

const ROUNDS = 3
const finite = z.string().transform(numberOf).refine(Number.isFinite)
const scalar = z.object({ resultType: z.literal('scalar'), result: z.tuple([z.number(), finite]) })

type Reading = EvidenceOf<'clock'>['value']
const NOTHING: Reading = { source: 'prometheus', offsetMs: 0, roundTripMs: 0 }

/**
 * `offsetMs` is Prometheus's clock minus ours, taken at the middle of the quickest of three round trips; half of
 * `roundTripMs` bounds its error. Of three readings one is enough.
 */
export async function probeClock(context: ProbeContext): Promise<EvidenceOf<'clock'>> {
  const prometheus = prometheusOf(context)
  const seen = await observe(context.signal, NOTHING, async () => {
    const rounds = []
    for (let round = 0; round < ROUNDS; round++) {
      rounds.push(await attempt(context.signal, NOTHING, () => read(context, prometheus)))
    }
    const answered = rounds.filter(({ missing }) => missing === undefined)
    const [best] = answered.toSorted((a, b) => a.value.roundTripMs - b.value.roundTripMs)
    return best ?? { value: NOTHING, missing: rounds[0]?.missing }
  })
  return { probe: 'clock', ...seen }
}

async function read({ clock }: ProbeContext, prometheus: PrometheusApi): Promise<{ value: Reading }> {
  const asked = clock.now()
  const { result } = await prometheus.get('/api/v1/query', scalar, { query: 'time()' })
  const answered = clock.now()
  const offsetMs = Math.round(result[1] * 1_000 - (asked + answered) / 2)
  return { value: { source: 'prometheus', offsetMs, roundTripMs: answered - asked } }
}
