// Did users get what the scenario promises them, refusals of what must be refused included?
import type { CriterionOf } from '../model/criterion.ts'
import { parseDuration } from '../model/duration.ts'
import type { LoadBucket, Window } from '../model/evidence.ts'
import { bucketsAt, SECOND, wholeSeconds } from '../model/load-quality.ts'
import { loadOf } from './load.ts'
import type { SeenLoad } from './load.ts'
import { fail, inconclusive, pass } from './outcome.ts'
import type { Check, Outcome } from './outcome.ts'
import { count, sayNumber } from './wording.ts'

/** What was begun so shortly before the load was ended had no time to be answered. */
const ON_ITS_WAY_MS = 10_000

/** Percentiles that may be asked for; those of seconds are averaged by operations, which keeps a rare slow one out of the median alone. */
const PERCENTILES = ['p50', 'p95'] as const

type Wish = CriterionOf<'users-served'>
type Percentile = (typeof PERCENTILES)[number]

export const usersServed: Check<'users-served'> = {
  describe: (wish) => `in the ${phaseOf(wish)} phase ${sayWanted(wish)}`,
  judge(wish, record) {
    const load = loadOf(record)
    if (load === undefined) return inconclusive('no load was recorded')
    const { lines } = load
    const window = record.phases[phaseOf(wish)]
    if (window === undefined) return inconclusive(`the ${phaseOf(wish)} phase never began`, { lines })
    const gap = load.gap(window)
    if (gap !== undefined) return inconclusive(gap, { lines })
    return judgeTally(wish, tallyOf(load, window), lines)
  },
}

/** What became of the operations of a window. */
export interface Tally {
  readonly good: number
  /** Answered, but not as promised; or never, though there was time. */
  readonly bad: number
  readonly percentiles: Readonly<Record<Percentile, number>>
  /** How long (ms) into the phase somebody was not served for the first time. */
  readonly first: number
}

export function tallyOf(load: SeenLoad, window: Window): Tally {
  const end = load.buckets.at(-1)?.t ?? window.to
  const seen = bucketsAt(load.buckets, wholeSeconds(load.buckets, window))
  const badIn = ({ t, bad, unknown }: LoadBucket) => bad + (t > end - ON_ITS_WAY_MS ? 0 : unknown)
  const firstBad = seen.find((bucket) => badIn(bucket) > 0)
  const sum = (of: (bucket: LoadBucket) => number) => seen.reduce((total, bucket) => total + of(bucket), 0)
  return {
    good: sum(({ good }) => good),
    bad: sum(badIn),
    percentiles: { p50: meanOf(seen, 'p50'), p95: meanOf(seen, 'p95') },
    first: (firstBad?.t ?? window.from) - window.from,
  }
}

function meanOf(buckets: readonly LoadBucket[], percentile: Percentile): number {
  const ended = ({ good, bad }: LoadBucket) => good + bad
  const all = buckets.reduce((sum, bucket) => sum + ended(bucket), 0)
  return all === 0 ? 0 : buckets.reduce((sum, bucket) => sum + bucket[percentile] * ended(bucket), 0) / all
}

function judgeTally(wish: Wish, { good, bad, percentiles, first }: Tally, lines: readonly number[]): Outcome {
  const all = good + bad
  if (all === 0) return inconclusive('no operation ended in it', { lines })
  const times = PERCENTILES.map((name) => `${name} ${sayNumber(percentiles[name])} ms`).join(', ')
  const seen = `${sayNumber((good / all) * 100)} % of ${count(all, 'operation')} answered as promised, ${times}`
  if (good / all < leastOf(wish)) {
    const others = `the first of ${count(bad, 'other')} ${sayNumber(first / SECOND)} s into it`
    return fail(`${seen}, ${others}; wanted: ${sayWanted(wish)}`, { lines })
  }
  const slow = PERCENTILES.some((name) => percentiles[name] > parseDuration(wish[name] ?? '1d'))
  return slow ? fail(`${seen}; wanted: ${sayWanted(wish)}`, { lines }) : pass(seen, { lines })
}

function phaseOf({ during = 'fault' }: Wish) {
  return during
}

function leastOf({ good = 1 }: Wish): number {
  return good
}

function sayWanted(wish: Wish): string {
  const share = leastOf(wish) === 1 ? 'all operations are' : `at least ${sayNumber(leastOf(wish) * 100)} % of operations are`
  const limits = PERCENTILES.flatMap((name) => (wish[name] === undefined ? [] : [`a ${name} of at most ${wish[name]}`]))
  return `${share} answered as promised${limits.length === 0 ? '' : `, with ${limits.join(' and ')}`}`
}
