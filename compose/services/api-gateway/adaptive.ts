// Lowers a limit while the gateway itself has too much to do, and raises it again step by step. It has no clock.

/** When a limit is lowered; `every` (ms) is how often the load is looked at. */
export interface AdaptiveRules {
  /** The share of full load, 0 to 1, above which it is. */
  readonly threshold: number
  readonly every: number
}

const LEAST = 0.1
const STEP = 0.1

/** Returns the factor for a limit at a moment (ms); `load` is asked only when it is time to look again. */
export function createAdaptive({ threshold, every }: AdaptiveRules, load: () => number): (now: number) => number {
  let factor = 1
  let lookedAt = 0
  return (now) => {
    if (now - lookedAt < every) return factor
    lookedAt = now
    const excess = load() - threshold
    factor = excess > 0 ? Math.max(LEAST, 1 - excess) : Math.min(1, factor + STEP)
    return factor
  }
}
