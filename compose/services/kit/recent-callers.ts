// Who was known a moment ago, so that a busy user is not asked about with every request.
import type { Caller } from './caller.ts'

/** The most tokens that are remembered; the oldest makes room. */
const MOST = 10_000

/** Callers by token, for as long as a session that was ended may still be let in. */
export interface RecentCallers {
  find(token: string): Caller | undefined
  remember(token: string, caller: Caller): void
}

/** Remembers for `life` ms; 0 remembers nothing. */
export function recentCallers(life: number, now: () => number = Date.now): RecentCallers {
  const known = new Map<string, { readonly caller: Caller; readonly until: number }>()
  return {
    find: (token) => {
      const entry = known.get(token)
      if (entry === undefined) return undefined
      if (entry.until > now()) return entry.caller
      known.delete(token)
      return undefined
    },
    remember: (token, caller) => {
      if (life === 0) return
      known.delete(token)
      const [oldest] = known.size < MOST ? [] : known.keys()
      if (oldest !== undefined) known.delete(oldest)
      known.set(token, { caller, until: now() + life })
    },
  }
}
