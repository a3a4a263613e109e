// The sessions of a few users, opened before the load begins and shared by all journeys of one VU.
import { logIn } from './accounts.ts'
import type { Session } from './accounts.ts'

/** A session is renewed when it has less than this left. */
const RENEW_BEFORE_MS = 120_000

export interface SessionPool {
  /** The session of the user this journey belongs to; undefined when it must be renewed first. */
  current(journey: number): Session | undefined
  /** Logs that user in again, as one operation of the load; undefined when that fails. */
  renew(journey: number): Promise<Session | undefined>
  /** The system refused it: it is not used again. */
  discard(journey: number): void
}

export function openSessionPool(baseUrl: string, prepared: readonly Session[]): SessionPool {
  const sessions = [...prepared]
  const of = (journey: number) => {
    const session = sessions[journey % sessions.length]
    if (session === undefined) throw new Error('setup() opened no session')
    return session
  }
  return {
    current: (journey) => (of(journey).expiresAt - Date.now() < RENEW_BEFORE_MS ? undefined : of(journey)),
    renew: async (journey) => {
      const renewed = await logIn(baseUrl, of(journey).account)
      if (renewed !== undefined) sessions[journey % sessions.length] = renewed
      return renewed
    },
    discard: (journey) => {
      sessions[journey % sessions.length] = { ...of(journey), expiresAt: 0 }
    },
  }
}
