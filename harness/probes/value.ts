// The value of a query over one phase, with how many points it should have and how many there are.
import type { Phase } from '../model/criterion.ts'
import type { EvidenceOf, PointSeries, Window } from '../model/evidence.ts'
import { observe, type ProbeContext, type Seen } from './probe.ts'
import { prometheusOf, stepFor } from './prometheus-api.ts'

const MOST_SERIES = 100
const ENOUGH = 0.9
/**
 * Older samples do not count at a step: by default Prometheus would fill five minutes of silence with the last value.
 */
const LOOKBACK_STEPS = 4

export interface ValueQuery {
  readonly query: string
  readonly phase: Phase
  readonly window: Window
  /** The longer of scrape and evaluation interval, in milliseconds. */
  readonly stepMs: number
}

type Value = EvidenceOf<'value'>['value']

/**
 * Covered when there is a series and each one has at least 90 % of the expected points. `stepMs` comes back as it was
 * used.
 */
export async function probeValue(context: ProbeContext, asked: ValueQuery): Promise<EvidenceOf<'value'>> {
  const stepMs = stepFor(asked.window, asked.stepMs)
  const expectedPoints = Math.floor((asked.window.to - asked.window.from) / stepMs) + 1
  const seen = await observe<Value>(context.signal, { ...asked, stepMs, expectedPoints, series: [] }, async () => {
    const { query, window } = asked
    const series = await prometheusOf(context).range({ query, window, stepMs, lookbackMs: LOOKBACK_STEPS * stepMs })
    return reduced({ ...asked, stepMs, expectedPoints, series })
  })
  return { probe: 'value', ...seen }
}

function reduced(value: Value): Seen<Value> {
  const kept = { ...value, series: value.series.slice(0, MOST_SERIES) }
  return { value: kept, missing: gapOf(value) }
}

function gapOf({ query, expectedPoints, series }: Value): string | undefined {
  if (series.length === 0) return `Prometheus has no series for ${query} in the window`
  if (series.length > MOST_SERIES) return `${query} has ${series.length} series; only ${MOST_SERIES} are kept`
  const received = ({ points }: PointSeries) => points.length
  const [thinnest] = series.toSorted((a, b) => received(a) - received(b))
  if (thinnest === undefined || received(thinnest) >= ENOUGH * expectedPoints) return undefined
  return `Prometheus has ${received(thinnest)} of ${expectedPoints} expected points for ${query}${labelText(thinnest)}`
}

function labelText({ labels }: PointSeries): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`)
  return pairs.length > 0 ? ` {${pairs.join(', ')}}` : ''
}
