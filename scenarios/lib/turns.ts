// The model of load: turns arrive at a fixed rate whatever the system does, and each turn begins exactly one operation.

export interface Turns {
  /** Resolves when the caller may begin its next operation. */
  next(): Promise<void>
  /** Gives one turn to whoever asked last; false when nobody waits. */
  give(): boolean
}

export function openTurns(): Turns {
  const waiting: (() => void)[] = []
  return {
    next: () => new Promise((go) => waiting.push(go)),
    give: () => {
      const go = waiting.pop()
      go?.()
      return go !== undefined
    },
  }
}

export interface Arrivals {
  readonly turns: Turns
  /** Turns per second. */
  readonly rate: number
  /** Milliseconds on a clock that does not jump. */
  now(): number
  sleep(ms: number): Promise<void>
  /** Begins one more journey, after `given` turns; its first `turns.next()` must come before its first wait. */
  begin(given: number): void
  /** Asked before each look at the clock; the arrivals end when it says so. */
  ended(): boolean
}

/**
 * Gives `rate` turns per second until told to end. A turn goes to the journey that asked last, and begins a new journey
 * when none waits. So a fast system sees few journeys that move on quickly, a hanging one sees as many as it keeps
 * waiting, and both see the same number of operations begun per second. After a hang the journeys it held are finished
 * one after another and not step by step all together, so that the mix of operations is soon the usual one. Turns
 * missed while the script was busy are given at once, late, never dropped.
 */
export async function arrive(arrivals: Arrivals): Promise<void> {
  const { turns, rate } = arrivals
  const start = arrivals.now()
  for (let given = 0; !arrivals.ended(); ) {
    const due = Math.floor(((arrivals.now() - start) * rate) / 1_000)
    for (; given < due; given++) giveTurn(given)
    await arrivals.sleep(Math.max(1, start + ((given + 1) * 1_000) / rate - arrivals.now()))
  }

  function giveTurn(given: number): void {
    if (turns.give()) return
    arrivals.begin(given)
    turns.give()
  }
}
