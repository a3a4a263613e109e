// Why a step did not succeed: whether it can have changed anything, and whether trying again can help.

/** What a failed attempt can have done: surely nothing, or nobody knows. */
export type Effect = 'none' | 'unknown'

/** Thrown by a step; after several attempts `effect` is that of all of them together. */
export class StepFailure extends Error {
  readonly effect: Effect
  readonly retry: boolean

  constructor(message: string, { effect, retry, cause }: { effect: Effect; retry: boolean; cause?: unknown }) {
    super(message, { cause })
    this.name = 'StepFailure'
    this.effect = effect
    this.retry = retry
  }
}

/** A definite no of the service that was asked: nothing was done, and asking again would bring the same. */
export function refused(message: string): StepFailure {
  return new StepFailure(message, { effect: 'none', retry: false })
}

/** Anything thrown by a step, as its failure; a surprise may have come after a change. */
export function failureOf(error: unknown): StepFailure {
  if (error instanceof StepFailure) return error
  const message = error instanceof Error ? error.message : String(error)
  return new StepFailure(message, { effect: 'unknown', retry: false, cause: error })
}
