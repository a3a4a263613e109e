// The arithmetic of accelerated time: divide, never go below a floor, and say where a floor bound.
import { HarnessError } from '../errors.ts'
import { type Duration, formatDuration, parseDuration } from '../model/duration.ts'

/** Shorter than these the machine, and not the system under test, decides what is seen. */
export const FLOOR_MS = { scrape: 250, evaluation: 500, groupInterval: 1_000, resend: 1_000, lookback: 2_000 } as const

/** A duration that could not be divided in full: the run is slower there than its acceleration says. */
export interface Floor {
  /** Where, for people: `global.scrape_interval`, `ServiceDown [1m]`. */
  readonly what: string
  readonly wanted: Duration
  readonly used: Duration
}

export interface Accelerated {
  readonly text: string
  readonly floors: readonly Floor[]
}

/** A production duration divided by n, as text. A duration above zero never becomes zero. */
export function accelerateDuration(duration: string, n: number): Duration {
  return formatDuration(accelerateMs(parseDuration(duration), n))
}

/** Whole milliseconds of `ms / n`; the sign is kept, and only zero becomes zero. */
export function accelerateMs(ms: number, n: number): number {
  mustBeFactor(n)
  if (ms === 0) return 0
  return Math.sign(ms) * Math.max(1, Math.round(Math.abs(ms) / n))
}

export interface FloorRequest {
  readonly what: string
  readonly ms: number
  readonly n: number
  /** Never binds above the production value: acceleration slows nothing down. */
  readonly floor?: number
}

/** A duration divided by n but not below its floor; `floors` has the one entry when it bound. */
export function accelerateWithFloor({ what, ms, n, floor = 0 }: FloorRequest): {
  ms: number
  floors: readonly Floor[]
} {
  const wanted = accelerateMs(ms, n)
  const used = Math.max(wanted, Math.min(floor, ms))
  if (used === wanted) return { ms: used, floors: [] }
  return { ms: used, floors: [{ what, wanted: formatDuration(wanted), used: formatDuration(used) }] }
}

export function mustBeFactor(n: number): void {
  if (Number.isFinite(n) && n >= 1) return
  throw new HarnessError('USAGE', `acceleration ${n} is not a number of at least 1`)
}
