// Waiting for something that happens in its own time: look, pause, look again, but not for ever.
import type { Outcome } from './operation.ts'

export interface Patience {
  /** One look, which is one operation of the load. */
  look(): Promise<Outcome>
  /** Whether what was waited for shows in the body of a good answer. */
  happened(body: unknown): boolean
  /** Between two looks. */
  pause(): Promise<void>
  readonly looks: number
}

/** The last look: the first that shows it, or the one with which patience ended or the system failed. */
export async function lookUntil({ look, happened, pause, looks }: Patience): Promise<Outcome> {
  let seen = await look()
  for (let more = looks - 1; more > 0 && seen.good && !happened(seen.body); more--) {
    await pause()
    seen = await look()
  }
  return seen
}

/** A pause of so many milliseconds, for Patience. */
export function pauseOf(ms: number): () => Promise<void> {
  return () => new Promise((resolve) => setTimeout(resolve, ms))
}
