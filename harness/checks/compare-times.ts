// Which times of alerts changed by more than may come by chance. What may is derived from what both runs had loaded, and from their repeats.
import type { TimeChange } from '../model/comparison.ts'
import { ALERT_TIMES } from '../model/run-history.ts'
import type { AlertTime, DrillHistory, RunHistory } from '../model/run-history.ts'
import type { Pair } from './compare-runs.ts'
import { medianOf } from './time-quality.ts'

/** Every time that both runs measured; those within noise are `changed` only. */
export function comparedTimes({ name, before, after }: Pair, first: RunHistory, second: RunHistory): readonly TimeChange[] {
  const [own, others] = [timesOf(before, first.acceleration), timesOf(after, second.acceleration)]
  return [...own].flatMap(([key, was]): readonly TimeChange[] => {
    const is = others.get(key)
    const [one] = was
    if (is === undefined || one === undefined) return []
    const quantum = Math.max(quantumOf(one.alert, first), quantumOf(one.alert, second))
    const spread = Math.max(spreadOf(was), spreadOf(is))
    const noiseMs = Math.max(quantum, spread)
    const [beforeMs, afterMs] = [medianOf(was.map(({ ms }) => ms)), medianOf(is.map(({ ms }) => ms))]
    const { alert, labels, time } = one
    const step = Math.abs(afterMs - beforeMs)
    const direction = step <= noiseMs ? 'changed' : afterMs > beforeMs ? 'worse' : 'better'
    return [{ kind: 'time', direction, drill: name, alert, labels, time, beforeMs, afterMs, samples: [was.length, is.length], noiseMs, noise: spread > quantum ? 'repeats' : 'scrape and evaluations' }]
  })
}

interface Sample {
  readonly alert: string
  readonly labels: Readonly<Record<string, string>> | undefined
  readonly time: AlertTime
  readonly ms: number
}

/** In production time, by alert, labels and time. */
function timesOf(drills: readonly DrillHistory[], acceleration: number): ReadonlyMap<string, readonly Sample[]> {
  const samples = drills.flatMap(({ alerts }) =>
    alerts.flatMap(({ alert, asked }) =>
      asked.flatMap((one) =>
        (Object.keys(ALERT_TIMES) as AlertTime[]).flatMap((time): Sample[] => {
          const measured = one.verdict === 'inconclusive' ? undefined : one[time]
          return measured === undefined ? [] : [{ alert, labels: one.labels, time, ms: measured.ms * acceleration }]
        }),
      ),
    ),
  )
  return Map.groupBy(samples, ({ alert, labels = {}, time }) => JSON.stringify([alert, Object.entries(labels).sort(), time]))
}

/**
 * A change of the system is seen at the next scrape, the rule at the next evaluation, and that `for` has passed at the one
 * after it: so much later or sooner may come by chance alone. Of a run that does not know it nothing is too late.
 */
function quantumOf(alert: string, { scrapeMs, loaded, acceleration }: RunHistory): number {
  const intervalMs = loaded[alert]
  return scrapeMs === undefined || intervalMs === undefined ? Infinity : (scrapeMs + 2 * intervalMs) * acceleration
}

function spreadOf(samples: readonly Sample[]): number {
  const all = samples.map(({ ms }) => ms)
  return Math.max(...all) - Math.min(...all)
}
