// Did users get what the scenario promises them, refusals of what must be refused included?
import type { CriterionOf } from '../model/criterion.ts'
import { parseDuration } from '../model/duration.ts'
import type { LoadBucket, Window } from '../model/evidence.ts'
import { bucketsAt, qualityOf, SECOND, wholeSeconds } from '../model/load-quality.ts'
import { loadOf } from './load.ts'
import type { SeenLoad } from './load.ts'
import { fail, inconclusive, pass } from './outcome.ts'
import type { Check, Outcome } from './outcome.ts'
import { count, sayNumber } from './wording.ts'

/** What was begun so shortly before the load was ended had no time to be answered. */
const ON_ITS_WAY_MS = 10_000

type Wish = CriterionOf<'users-served'>

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

interface Tally {
  readonly good: number
  /** Answered, but not as promised; or never, though there was time. */
  readonly bad: number
  readonly p95: number
  /** How long (ms) into the phase somebody was not served for the first time. */
  readonly first: number
}

function tallyOf(load: SeenLoad, window: Window): Tally {
  const end = load.buckets.at(-1)?.t ?? window.to
  const seen = bucketsAt(load.buckets, wholeSeconds(load.buckets, window))
  const badIn = ({ t, bad, unknown }: LoadBucket) => bad + (t > end - ON_ITS_WAY_MS ? 0 : unknown)
  const firstBad = seen.find((bucket) => badIn(bucket) > 0)
  const sum = (of: (bucket: LoadBucket) => number) => seen.reduce((total, bucket) => total + of(bucket), 0)
  return {
    good: sum(({ good }) => good),
    bad: sum(badIn),
    p95: qualityOf(seen)?.p95 ?? 0,
    first: (firstBad?.t ?? window.from) - window.from,
  }
}

function judgeTally(wish: Wish, { good, bad, p95, first }: Tally, lines: readonly number[]): Outcome {
  const all = good + bad
  if (all === 0) return inconclusive('no operation ended in it', { lines })
  const seen = `${sayNumber((good / all) * 100)} % of ${count(all, 'operation')} answered as promised, p95 ${sayNumber(p95)} ms`
  if (good / all < leastOf(wish)) {
    const others = `the first of ${count(bad, 'other')} ${sayNumber(first / SECOND)} s into it`
    return fail(`${seen}, ${others}; wanted: ${sayWanted(wish)}`, { lines })
  }
  const slow = wish.p95 !== undefined && p95 > parseDuration(wish.p95)
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
  return `${share} answered as promised${wish.p95 === undefined ? '' : `, with a p95 of at most ${wish.p95}`}`
}
