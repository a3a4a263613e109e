// Some users at once who ask a service again and again, so that something is always under way.
import type { Called } from './call.ts'
import { callOnce } from './call.ts'
import type { Call } from './call.ts'

/** After a connection that nobody took. */
const BREATH_MS = 50

export interface Asking {
  /** How many requests began this long ago, or longer, and have not ended. */
  underWay(leastMs: number): number
  /** Nothing new begins; resolves with all there were once the last has ended. */
  end(): Promise<readonly Called[]>
}

export function keepAsking(call: Call, users: number): Asking {
  const called: Called[] = []
  const began = new Map<number, number>()
  let asking = true
  const user = async (name: number) => {
    while (asking) {
      began.set(name, performance.now())
      const one = await callOnce(call)
      began.delete(name)
      called.push(one)
      if (one.end !== 'answered') await call.clock.sleep(BREATH_MS, call.signal)
    }
  }
  const all = Promise.all(Array.from({ length: users }, (_, name) => user(name)))
  // whoever asks for the end is told of it
  all.catch(() => undefined)
  return {
    underWay: (leastMs) => [...began.values()].filter((at) => performance.now() - at >= leastMs).length,
    end: async () => {
      asking = false
      await all
      return called
    },
  }
}
