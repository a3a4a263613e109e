// Opens, finds and ends sessions; a token is worth nothing without its live session row.
import type { FastifyRequest } from 'fastify'
import { randomUUID } from 'node:crypto'
import type { Query } from '../kit/database.ts'
import { hashToken } from './tokens.ts'
import { agentOf, type AuthWorld, type UserRow } from './world.ts'

/** What a login or refresh answers. */
export interface OpenedSession {
  readonly user_id: string
  readonly email: string
  readonly role: string
  readonly access_token: string
  readonly refresh_token: string | null
  readonly expires_at: string
  readonly session_id: string
}

/** Who a session is for, and whether it may be refreshed. */
export interface SessionWish {
  readonly user: Pick<UserRow, 'id' | 'email' | 'role'>
  readonly refreshable: boolean
  readonly request: FastifyRequest
}

const HOUR = 3_600_000

/** Opens a session and signs its token. */
export async function openSession(world: AuthWorld, query: Query, wish: SessionWish): Promise<OpenedSession> {
  const { user, request } = wish
  const session = randomUUID()
  const now = Date.now()
  const expires = new Date(now + world.settings.accessTokenHours * HOUR)
  const token = await world.tokens.sign({ user: user.id, email: user.email, role: user.role, session }, expires)
  const refresh = wish.refreshable ? randomUUID() : null
  await query(
    `insert into auth.user_sessions
       (id, user_id, token_hash, refresh_token_hash, refresh_expires_at,
        device_info, ip_address, user_agent, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      session,
      user.id,
      hashToken(token),
      refresh === null ? null : hashToken(refresh),
      refresh === null ? null : new Date(now + world.settings.refreshTokenDays * 24 * HOUR),
      agentOf(request),
      request.ip,
      agentOf(request),
      expires,
    ],
  )
  return {
    user_id: user.id,
    email: user.email,
    role: user.role,
    access_token: token,
    refresh_token: refresh,
    expires_at: expires.toISOString(),
    session_id: session,
  }
}

/** A live session. */
export interface LiveSession {
  readonly id: string
  readonly user_id: string
  readonly expires_at: Date
}

/** Once a second is exact enough: many requests with one token must not queue for the lock of its row. */
const NOTE_USE = `update auth.user_sessions set last_used_at = now()
where id = $1 and last_used_at < now() - interval '1 second'`

/** Finds the live session of a token, and notes its use where that was not done within the last second. */
export async function useSession(query: Query, token: string): Promise<LiveSession | undefined> {
  const [found] = await query<LiveSession & { readonly noted: boolean }>(
    `select id, user_id, expires_at, last_used_at >= now() - interval '1 second' as noted from auth.user_sessions
     where token_hash = $1 and not revoked and expires_at > now()`,
    [hashToken(token)],
  )
  if (found === undefined) return undefined
  const { noted, ...session } = found
  if (!noted) await query(NOTE_USE, [session.id])
  return session
}

/** Ends one of the user's sessions; false when there is no such live session. */
export async function endSession(query: Query, userId: string, sessionId: string): Promise<boolean> {
  const ended = await query(
    `update auth.user_sessions set revoked = true, revoked_at = now()
     where id = $1 and user_id = $2 and not revoked returning id`,
    [sessionId, userId],
  )
  return ended.length > 0
}

/** Ends all sessions of a user. */
export async function endAllSessions(query: Query, userId: string): Promise<void> {
  await query(
    'update auth.user_sessions set revoked = true, revoked_at = now() where user_id = $1 and not revoked',
    [userId],
  )
}
