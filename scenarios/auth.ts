// Journey: a new user registers, logs in, works, renews the session and logs out; what must be refused is refused.
//
// Load: RATE operations begin every second, whatever the system does (lib/turns.ts). A new user is 14 operations, done
// one after another, and ends early when it can not go on (no account, no session). Each has an account of its own, so
// the one wrong password it gives locks nobody out. New users come as often as a healthy system lets them finish; what
// a slow or failing system leaves of the rate are users who are logged in already and look around. Otherwise slowness
// would turn cheap requests into password hashes, and the load would keep the system slow by itself.
import exec from 'k6/execution'
import { accountOf, logIn, logoutAsk, prepareSession, registerAsk, sessionFrom, sessionGranted } from './lib/accounts.ts'
import type { Account, Session } from './lib/accounts.ts'
import { granted, refused } from './lib/expectation.ts'
import { expired, signs, tampered } from './lib/forged-token.ts'
import { optionsFor, runJourneys, summaryFile } from './lib/journey.ts'
import type { Summary, SummaryFiles } from './lib/journey.ts'
import { operation } from './lib/operation.ts'
import type { Ask } from './lib/operation.ts'
import { openSessionPool } from './lib/session-pool.ts'
import type { SessionPool } from './lib/session-pool.ts'
import { readSettings } from './lib/settings.ts'

/** With JWT_SECRET given. */
const OPERATIONS_OF_A_NEW_USER = 14
const RETURNING_USERS = 4

const settings = readSettings()
const auth = `${settings.baseUrl}/api/auth`

export const options = optionsFor(settings)

/** Logs the returning users in, and proves that a given secret is the right one. */
export function setup(): readonly Session[] {
  const accounts = Array.from({ length: RETURNING_USERS }, (_, index) => accountOf(settings.run, `returning-${index}`))
  const sessions = accounts.map((account) => prepareSession(settings.baseUrl, account))
  if (settings.jwtSecret !== '' && !sessions.every(({ token }) => signs(token, settings.jwtSecret))) {
    exec.test.abort('the load was called off: JWT_SECRET does not sign the tokens of this system')
  }
  return sessions
}

export default function (prepared: readonly Session[]): Promise<void> {
  const sessions = openSessionPool(settings.baseUrl, prepared)
  let newUsers = 0
  return runJourneys(settings, (index, turnsGiven) => {
    if (newUsers * OPERATIONS_OF_A_NEW_USER > turnsGiven) return returningUser(sessions, index)
    newUsers += 1
    return newUser(index)
  })
}

export function handleSummary(data: Summary): SummaryFiles {
  const notes = settings.jwtSecret === '' ? ['expired tokens were not tried: JWT_SECRET was not given'] : []
  return summaryFile(settings, data, notes)
}

async function returningUser(sessions: SessionPool, index: number): Promise<void> {
  const session = sessions.current(index) ?? (await sessions.renew(index))
  if (session === undefined) return
  const { good, type } = await operation(me('auth.me', session))
  if (!good && type === 'failed') sessions.discard(index)
}

async function newUser(index: number): Promise<void> {
  const account = accountOf(settings.run, `${exec.vu.idInTest}-${index}`)
  const registered = await operation(registerAsk(settings.baseUrl, account))
  if (!registered.good) return
  await refusals(account)
  const session = await logIn(settings.baseUrl, account)
  if (session === undefined) return
  await work(session)
  const renewed = await refresh(session)
  if (renewed === undefined) return
  const replaced = granted({ success: true, 'data.valid': false })
  await operation({ ...validate(renewed, session.token), op: 'auth.validate-replaced', expect: replaced })
  await leave(renewed)
}

async function refusals(account: Account): Promise<void> {
  await operation({
    ...registerAsk(settings.baseUrl, account),
    op: 'auth.register-duplicate',
    expect: refused(409, { 'error.code': 'USER_ALREADY_EXISTS' }),
    write: undefined,
  })
  const weak = { email: `weak-${account.email}`, password: 'lowercase1' }
  await operation({
    ...registerAsk(settings.baseUrl, weak),
    op: 'auth.register-weak-password',
    expect: refused(400, { 'error.code': 'VALIDATION_ERROR' }),
  })
  await operation({
    op: 'auth.login-wrong-password',
    method: 'POST',
    url: `${auth}/login`,
    body: { email: account.email, password: 'Wrong-Horse-1' },
    expect: refused(401, { 'error.code': 'INVALID_CREDENTIALS' }),
  })
}

async function work(session: Session): Promise<void> {
  await operation(me('auth.me', session))
  const own = granted({ 'data.valid': true, 'data.user_id': session.userId, 'data.session_id': session.id })
  await operation({ ...validate(session, session.token), op: 'auth.validate', expect: own })
  const intruder = { ...me('auth.me', session), expect: refused(401, { 'error.code': 'JWT_ERROR' }) }
  await operation({ ...intruder, op: 'auth.me-tampered-token', token: tampered(session.token) })
  if (settings.jwtSecret === '') return
  await operation({ ...intruder, op: 'auth.me-expired-token', token: expired(session.token, settings.jwtSecret) })
}

async function refresh(session: Session): Promise<Session | undefined> {
  const { good, body } = await operation({
    op: 'auth.refresh',
    method: 'POST',
    url: `${auth}/refresh`,
    body: { refresh_token: session.refreshToken },
    expect: sessionGranted(session.account, { 'data.user_id': session.userId }),
  })
  return good ? sessionFrom(session.account, body) : undefined
}

async function leave(session: Session): Promise<void> {
  await operation(me('auth.me-renewed', session))
  const left = await operation(logoutAsk(settings.baseUrl, session))
  if (!left.good) return
  await operation({ ...me('auth.me-revoked', session), expect: refused(404, { 'error.code': 'SESSION_NOT_FOUND' }) })
}

function me(op: string, session: Session): Ask {
  return {
    op,
    method: 'GET',
    url: `${auth}/me`,
    token: session.token,
    expect: granted({
      success: true,
      'data.id': session.userId,
      'data.email': session.account.email,
      'data.status': 'active',
    }),
  }
}

function validate(by: Session, token: string) {
  return { method: 'POST', url: `${settings.baseUrl}/api/validate/token`, body: { token }, token: by.token } as const
}
