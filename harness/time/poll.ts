// The only way to wait: for a condition, until a deadline, under a signal.
import { HarnessError, messageOf } from '../errors.ts'
import type { Clock } from './clock.ts'

export interface Wait {
  readonly clock: Clock
  /** Milliseconds until the wait gives up. */
  readonly within: number
  /** Milliseconds between looks. */
  readonly every?: number
  readonly signal?: AbortSignal | undefined
  /** What is waited for, as the end of "waited 5 s for ...". */
  readonly what: string
}

/**
 * Looks until `look` returns something other than undefined or false, and returns that.
 * A look that throws counts as not yet; its last message is named when the deadline passes (DEADLINE).
 */
export async function poll<T>(wait: Wait, look: () => Promise<T | undefined | false>): Promise<T> {
  const end = wait.clock.now() + wait.within
  let last = ''
  for (;;) {
    wait.signal?.throwIfAborted()
    try {
      const seen = await look()
      if (seen !== undefined && seen !== false) return seen
    } catch (thrown) {
      wait.signal?.throwIfAborted()
      last = `; last answer: ${messageOf(thrown)}`
    }
    if (wait.clock.now() >= end) throw new HarnessError('DEADLINE', `waited ${wait.within / 1_000} s for ${wait.what}${last}`)
    await wait.clock.sleep(Math.min(wait.every ?? 100, Math.max(1, end - wait.clock.now())), wait.signal)
  }
}

/** For a wait whose deadline is an answer too: passes over DEADLINE, and over nothing else. */
export function exceptDeadline(thrown: unknown): void {
  if (!(thrown instanceof HarnessError && thrown.code === 'DEADLINE')) throw thrown
}

/** Rejects with DEADLINE when `work` takes longer than `within`; the work gets a signal that is aborted then. */
export async function withDeadline<T>(wait: Wait, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const late = new HarnessError('DEADLINE', `waited ${wait.within / 1_000} s for ${wait.what}`)
  const limit = new AbortController()
  const signal = wait.signal ? AbortSignal.any([wait.signal, limit.signal]) : limit.signal
  const done = new AbortController()
  const timer = wait.clock.sleep(wait.within, AbortSignal.any([signal, done.signal])).then(
    () => limit.abort(late),
    () => undefined,
  )
  const aborted = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  try {
    return await Promise.race([work(signal), aborted])
  } finally {
    done.abort()
    await timer
  }
}
