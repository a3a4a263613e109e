// Waits that end at once when the process is told to stop, so that nothing new is begun in its last second.

/** Thrown by a wait when the process stops. */
export class Stopped extends Error {
  constructor() {
    super('the process stops')
    this.name = 'Stopped'
  }
}

/** Waits that can be ended together. */
export interface Stoppable {
  /** Resolves after `ms`; rejects with Stopped. */
  pause(ms: number): Promise<void>
  stop(): void
}

/** Makes waits that are not stopped yet. */
export function createStoppable(): Stoppable {
  const waits = new Set<{ timer: NodeJS.Timeout; reject(error: Error): void }>()
  let stopped = false
  return {
    pause: (ms) => {
      if (stopped) return Promise.reject(new Stopped())
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const wait = { timer: setTimeout(resolve, ms), reject }
      waits.add(wait)
      return promise.finally(() => waits.delete(wait))
    },
    stop: () => {
      stopped = true
      for (const { timer, reject } of waits) {
        clearTimeout(timer)
        reject(new Stopped())
      }
    },
  }
}

/** Resolves with what `work` does, or with undefined after `ms`; the work goes on. */
export async function atMost<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>()
  const timer = setTimeout(() => resolve(undefined), ms)
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
