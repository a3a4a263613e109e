// What the auth routes share: settings, database, tokens and the security counters.
import type { FastifyRequest } from 'fastify'
import type { Database, Query } from '../kit/database.ts'
import type { Outbox } from '../kit/outbox.ts'
import type { AuthSettings } from './settings.ts'
import type { Tokens } from './tokens.ts'

/** Everything an auth route works with. */
export interface AuthWorld {
  readonly settings: AuthSettings
  readonly database: Database
  readonly outbox: Outbox
  readonly tokens: Tokens
  readonly count: {
    authenticationFailure(): void
    tokenFailure(): void
    login(): void
  }
}

/** A row of auth.users. */
export interface UserRow {
  readonly id: string
  readonly email: string
  readonly password_hash: string
  readonly first_name: string
  readonly last_name: string
  readonly role: string
  readonly status: string
  readonly email_verified: boolean
  readonly failed_login_attempts: number
  readonly locked_until: Date | null
  readonly last_login_at: Date | null
  readonly created_at: Date
  readonly department: string | null
  readonly position: string | null
  readonly lab_affiliation: string | null
}

/** What is written down about a security event. */
export interface AuditEvent {
  readonly type: string
  readonly userId?: string | null
  readonly email?: string
  readonly severity?: 'MEDIUM' | 'HIGH'
  readonly details?: object
}

/** Writes a security event to the audit log. */
export async function audit(query: Query, event: AuditEvent, request: FastifyRequest): Promise<void> {
  await query(
    `insert into auth.security_audit_log (event_type, user_id, user_email, ip_address, user_agent, details, severity)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      event.type,
      event.userId ?? null,
      event.email ?? null,
      request.ip,
      agentOf(request),
      event.details ?? {},
      event.severity ?? 'MEDIUM',
    ],
  )
}

/** The caller's user agent, shortened to what is worth keeping. */
export function agentOf(request: FastifyRequest): string | null {
  return request.headers['user-agent']?.slice(0, 255) ?? null
}
