// After the last fault is gone, do users get again what they got before, unaided and in time?
import type { CriterionOf } from '../model/criterion.ts'
import { parseDuration } from '../model/duration.ts'
import type { Window } from '../model/evidence.ts'
import { bucketsAt, qualityOf, SECOND, wholeSeconds } from '../model/load-quality.ts'
import { faultWindow } from '../model/record.ts'
import type { DrillRecord } from '../model/record.ts'
import { loadOf } from './load.ts'
import type { SeenLoad } from './load.ts'
import { lingeringFault } from './faults-proved.ts'
import { fail, inconclusive, pass } from './outcome.ts'
import type { Check, Outcome } from './outcome.ts'
import { sayNumber, sayTime } from './wording.ts'

/** Shorter stretches say nothing at everyday rates. */
const WINDOW_SECONDS = 3
const LEAST_LIMIT_MS = 2_000
const GOOD_MARGIN = 0.01
const P95_FACTOR = 2
/** A quick system doubles its p95 by noise alone: nobody notices a quarter of a second. */
const P95_MARGIN_MS = 250

export const recovers: Check<'recovers'> = {
  describe: ({ within }) => `within ${within} after the fault users get again what they got before it`,
  judge(criterion, record) {
    const end = record.drill.faults.length > 0 ? faultWindow(record)?.to : record.phases.fault?.to
    if (end === undefined || !Number.isFinite(end))
      return inconclusive('no fault ever ended, so nothing could recover from it')
    const lingering = lingeringFault(record)
    if (lingering !== undefined) return inconclusive(lingering)
    const load = loadOf(record)
    if (load === undefined) return inconclusive('no load was recorded')
    const { baseline, recovery } = record.phases
    if (baseline === undefined || recovery === undefined)
      return inconclusive(`the ${baseline === undefined ? 'baseline' : 'recovery'} phase never began`)
    return judgeLoad(criterion, { record, load, baseline, after: { from: end, to: recovery.to } })
  },
}

interface Sight {
  readonly record: DrillRecord
  readonly load: SeenLoad
  readonly baseline: Window
  /** From the end of the last fault to the end of the recovery phase. */
  readonly after: Window
}

interface Bar {
  readonly good: number
  readonly p95: number
}

function judgeLoad(criterion: CriterionOf<'recovers'>, { record, load, baseline, after }: Sight): Outcome {
  const { lines, buckets } = load
  const gap = load.gap({ from: baseline.from, to: after.to })
  if (gap !== undefined) return inconclusive(gap, { lines })
  const before = qualityOf(bucketsAt(buckets, wholeSeconds(buckets, baseline)))
  if (before === undefined)
    return inconclusive('no operation ended in the baseline, so there is nothing to recover to', { lines })
  const bar = { good: before.good - GOOD_MARGIN, p95: Math.max(P95_FACTOR * before.p95, before.p95 + P95_MARGIN_MS) }
  const seconds = wholeSeconds(buckets, after)
  if (seconds.length < WINDOW_SECONDS)
    return inconclusive(`only ${seconds.length} s were watched after the fault`, { lines })
  const at = recoveredAt(seconds, load, bar)
  const limitMs = Math.max(LEAST_LIMIT_MS, parseDuration(criterion.within) / record.acceleration)
  const least = limitMs === LEAST_LIMIT_MS ? ', the least this can be judged by' : ''
  const wanted = `wanted within ${sayTime(limitMs, record.acceleration)}${least}`
  if (at === undefined) return neverRecovered({ after, limitMs, wanted, still: stillWrong(seconds, load, bar) }, lines)
  const ms = Math.max(0, at - after.from)
  const times = [{ name: 'end of fault to recovered', ms, limitMs }]
  const said = `recovered ${sayTime(ms, record.acceleration)} after the fault ended, ${wanted}`
  return ms > limitMs
    ? fail(said, { times, lines })
    : pass(`${said}; steady for the ${Math.floor((after.to - at) / SECOND)} s that were watched from then on`, {
        times,
        lines,
      })
}

/** The first second from which every window of three until the end reaches the bar. */
function recoveredAt(seconds: readonly number[], load: SeenLoad, bar: Bar): number | undefined {
  let at: number | undefined
  for (let index = seconds.length - WINDOW_SECONDS; index >= 0; index -= 1) {
    if (!reaches(seconds.slice(index, index + WINDOW_SECONDS), load, bar)) break
    at = seconds[index]
  }
  return at
}

function reaches(seconds: readonly number[], load: SeenLoad, bar: Bar): boolean {
  const quality = qualityOf(bucketsAt(load.buckets, seconds))
  return quality !== undefined && quality.good >= bar.good && quality.p95 <= bar.p95
}

interface Failure {
  readonly after: Window
  readonly limitMs: number
  readonly wanted: string
  readonly still: string
}

function neverRecovered({ after, limitMs, wanted, still }: Failure, lines: readonly number[]): Outcome {
  const watched = after.to - after.from
  if (watched >= limitMs + WINDOW_SECONDS * SECOND)
    return fail(`not recovered when the watch ended: ${still}; ${wanted}`, { lines })
  return inconclusive(
    `not recovered after ${sayTime(watched, 1)}: ${still}; ${wanted}, so let the recovery phase last longer`,
    { lines },
  )
}

function stillWrong(seconds: readonly number[], load: SeenLoad, bar: Bar): string {
  const last = qualityOf(bucketsAt(load.buckets, seconds.slice(-WINDOW_SECONDS)))
  if (last === undefined) return 'no operation ended in its last 3 s'
  const percent = (share: number) => `${sayNumber(share * 100)} %`
  const slow = `p95 ${sayNumber(last.p95)} ms (may be ${sayNumber(bar.p95)} ms)`
  return `in its last 3 s ${percent(last.good)} good (needs ${percent(bar.good)}), ${slow}`
}
