// Tries a step again where that can help: three attempts, 100 and 200 ms apart, all within the time of the step.
import { failureOf, StepFailure, type Effect } from './failure.ts'

/** The documented waits (ms) between the three attempts. */
const WAITS = [100, 200] as const

/** What the attempts may cost, and what is known of attempts made before, by a process that has died since. */
export interface Patience {
  /** The end of the step's time, ms since the epoch. */
  readonly until: number
  readonly before: Effect
  now(): number
  pause(ms: number): Promise<void>
}

/** What an attempt brought, and how many it took. */
export interface Success<T> {
  readonly value: T
  readonly attempts: number
}

/** Resolves with the first success; rejects with a StepFailure that speaks for all attempts. */
export async function insist<T>(attempt: () => Promise<T>, patience: Patience): Promise<Success<T>> {
  let effect = patience.before
  for (let attempts = 1; ; attempts += 1) {
    try {
      return { value: await attempt(), attempts }
    } catch (error) {
      const failure = failureOf(error)
      // One attempt that may have got through is not undone by another that was refused.
      if (failure.effect === 'unknown') effect = 'unknown'
      const wait = WAITS[attempts - 1]
      const again = failure.retry && wait !== undefined && patience.now() + wait < patience.until
      if (!again) throw new StepFailure(failure.message, { effect, retry: false, cause: failure.cause })
      await patience.pause(wait)
    }
  }
}
