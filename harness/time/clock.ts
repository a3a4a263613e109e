// The clock everything else is given, so that tests can own time. Only this folder touches timers.

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Resolves after `ms`, or rejects with the signal's reason at once. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const abort = () => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', abort)
        resolve()
      }, ms)
      signal?.addEventListener('abort', abort, { once: true })
    }),
}

/** A clock that only moves when it is slept on or pushed: for tests. */
export function fakeClock(start = 0): Clock & { advance(ms: number): void } {
  let time = start
  return {
    now: () => time,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted()
      time += ms
    },
    advance: (ms) => {
      time += ms
    },
  }
}
