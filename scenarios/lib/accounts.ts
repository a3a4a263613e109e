// Accounts and sessions: the requests every journey shares, in the form the authentication service documents.
import { aText, aTime, aUuid, granted, textAt } from './expectation.ts'
import type { Expectation, Wanted } from './expectation.ts'
import type { Ask, Outcome } from './operation.ts'
import { operation } from './operation.ts'
import { prepare } from './preparation.ts'

export interface Account {
  readonly email: string
  readonly password: string
}

export interface Session {
  readonly account: Account
  readonly token: string
  readonly refreshToken: string
  readonly id: string
  readonly userId: string
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
}

/** An account of this run that nobody else has. */
export function accountOf(run: string, name: string): Account {
  return { email: `${run}-${name}@readiness.example`, password: `Correct-Horse-${run}-1` }
}

export function registerAsk(baseUrl: string, { email, password }: Account): Ask {
  return {
    op: 'auth.register',
    method: 'POST',
    url: `${baseUrl}/api/auth/register`,
    body: { email, password, first_name: 'Load', last_name: 'Tester' },
    expect: granted({ success: true, user_id: aUuid }),
    write: { store: 'users', key: email },
  }
}

export function loginAsk(baseUrl: string, { email, password }: Account): Ask {
  return {
    op: 'auth.login',
    method: 'POST',
    url: `${baseUrl}/api/auth/login`,
    body: { email, password, remember_me: true },
    expect: sessionGranted({ email, password }),
  }
}

export function logoutAsk(baseUrl: string, { id, token }: Session): Ask {
  return {
    op: 'auth.logout',
    method: 'POST',
    url: `${baseUrl}/api/auth/logout`,
    body: { session_id: id },
    token,
    expect: granted({ success: true }),
  }
}

/** What a login and a refresh promise. */
export function sessionGranted({ email }: Account, wanted: Wanted = {}): Expectation {
  return granted({
    success: true,
    'data.email': email,
    'data.user_id': aUuid,
    'data.access_token': aText,
    'data.refresh_token': aText,
    'data.session_id': aUuid,
    'data.expires_at': aTime,
    ...wanted,
  })
}

/** The session in the body of a judged login or refresh. */
export function sessionFrom(account: Account, body: unknown): Session {
  return {
    account,
    token: textAt(body, 'data.access_token'),
    refreshToken: textAt(body, 'data.refresh_token'),
    id: textAt(body, 'data.session_id'),
    userId: textAt(body, 'data.user_id'),
    expiresAt: Date.parse(textAt(body, 'data.expires_at')),
  }
}

/** Logs in as one operation of the load; undefined when that fails. */
export async function logIn(baseUrl: string, account: Account): Promise<Session | undefined> {
  const outcome: Outcome = await operation(loginAsk(baseUrl, account))
  return outcome.good ? sessionFrom(account, outcome.body) : undefined
}

/** Registers and logs in before the load begins; calls the run off when that fails. */
export function prepareSession(baseUrl: string, account: Account): Session {
  prepare(registerAsk(baseUrl, account))
  return sessionFrom(account, prepare(loginAsk(baseUrl, account)))
}
