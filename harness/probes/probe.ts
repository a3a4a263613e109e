// What every probe is given and how each one answers: with what was seen, or with one sentence on what was not.
import type { Clock } from '../time/clock.ts'
import type { Rig } from '../model/stack.ts'
import { messageOf } from '../errors.ts'

export interface ProbeContext {
  readonly rig: Rig
  readonly clock: Clock
  readonly signal: AbortSignal
}

/** What a read brought home; `missing` names the part of the question that stayed without an answer. */
export interface Seen<T> {
  readonly value: T
  readonly missing?: string | undefined
}

export interface Observed<T> {
  readonly value: T
  readonly covered: boolean
  readonly missing?: string
}

/**
 * Runs one read. Whatever it throws becomes `missing`, with `empty` as the value: a probe reports an unreachable
 * source, it does not fail. Only an abort is thrown.
 */
export async function observe<T>(signal: AbortSignal, empty: T, read: () => Promise<Seen<T>>): Promise<Observed<T>> {
  const { value, missing } = await attempt(signal, empty, read)
  return missing === undefined ? { value, covered: true } : { value, covered: false, missing }
}

/** As `observe`, for one source among several. */
export async function attempt<T>(signal: AbortSignal, empty: T, read: () => Promise<Seen<T>>): Promise<Seen<T>> {
  signal.throwIfAborted()
  try {
    return await read()
  } catch (thrown) {
    signal.throwIfAborted()
    return { value: empty, missing: messageOf(thrown) }
  }
}
