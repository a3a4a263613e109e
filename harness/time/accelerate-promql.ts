// Shortens every duration inside one PromQL query and touches nothing else of it.
import { formatDuration } from '../model/duration.ts'
import { type Accelerated, accelerateMs, accelerateWithFloor, FLOOR_MS, type Floor } from './accelerate-duration.ts'
import { type DurationSlot, durationsIn, parseQuery } from './promql-tree.ts'

/** A rate over fewer scrapes than this is decided by when each scrape happened to come. */
const SCRAPES_IN_RANGE = 4

export interface QueryAcceleration {
  readonly n: number
  /** Names the query in the list of floors. */
  readonly what: string
  /** Production scrape interval in ms, of the series the query reads. */
  readonly scrapeMs: number
}

/**
 * The query with ranges, subquery steps and offsets divided by n. Thresholds, `@` timestamps, strings, names and
 * comments stay. A range keeps at least 4 accelerated scrapes, or as many as it has in production when that is fewer.
 */
export function accelerateQuery(text: string, how: QueryAcceleration): Accelerated {
  if (how.n === 1) return { text, floors: [] }
  const floors: Floor[] = []
  let result = text
  for (const slot of durationsIn(parseQuery(text)).toReversed()) {
    const used = acceleratedSlot(slot, text.slice(slot.from, slot.to), how)
    floors.unshift(...used.floors)
    const sign = used.ms < 0 ? '-' : ''
    result = result.slice(0, slot.from) + sign + formatDuration(Math.abs(used.ms)) + result.slice(slot.to)
  }
  return { text: result, floors }
}

function acceleratedSlot(slot: DurationSlot, source: string, how: QueryAcceleration) {
  const { n, scrapeMs, what } = how
  if (slot.kind === 'offset' || slot.kind === 'step') return { ms: accelerateMs(slot.ms, n), floors: [] }
  const scrape = accelerateWithFloor({ what, ms: scrapeMs, n, floor: FLOOR_MS.scrape }).ms
  const floor = scrape * Math.min(SCRAPES_IN_RANGE, slot.ms / scrapeMs)
  return accelerateWithFloor({ what: `${what} [${source.trim()}]`, ms: slot.ms, n, floor: Math.floor(floor) })
}
