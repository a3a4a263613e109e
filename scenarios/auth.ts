// Journey: a new user registers, logs in, works, renews the session and logs out; what must be refused is refused.
//
// Load: RATE operations begin every second, whatever the system does (lib/turns.ts). A journey is 15 operations, done
// one after another; it ends early when it can not go on (no account, no session). Every journey has its own account,
// so the one wrong password it gives locks nobody out.
import exec from 'k6/execution'
import { accountOf, logIn, prepareSession, registerAsk, sessionFrom, sessionGranted } from './lib/accounts.ts'
import type { Account, Session } from './lib/accounts.ts'
import { granted, refused } from './lib/expectation.ts'
import type { Wanted } from './lib/expectation.ts'
import { expired, signs, tampered } from './lib/forged-token.ts'
import { optionsFor, runJourneys, summaryFile } from './lib/journey.ts'
import type { Summary, SummaryFiles } from './lib/journey.ts'
import { operation } from './lib/operation.ts'
import type { Ask, Outcome } from './lib/operation.ts'
import { readSettings } from './lib/settings.ts'

const settings = readSettings()
const auth = `${settings.baseUrl}/api/auth`

export const options = optionsFor(settings)

/** Proves that the way is open before the load begins, and that a given secret is the right one. */
export function setup(): void {
  const { token } = prepareSession(settings.baseUrl, accountOf(settings.run, 'setup'))
  if (settings.jwtSecret !== '' && !signs(token, settings.jwtSecret)) {
    exec.test.abort('the load was called off: JWT_SECRET does not sign the tokens of this system')
  }
}

export default function (): Promise<void> {
  return runJourneys(settings, journey)
}

export function handleSummary(data: Summary): SummaryFiles {
  const notes = settings.jwtSecret === '' ? ['expired tokens were not tried: JWT_SECRET was not given'] : []
  return summaryFile(settings, data, notes)
}

async function journey(index: number): Promise<void> {
  const account = accountOf(settings.run, `${exec.vu.idInTest}-${index}`)
  const registered = await operation(registerAsk(settings.baseUrl, account))
  if (!registered.good) return
  await refusals(account)
  const session = await logIn(settings.baseUrl, account)
  if (session === undefined) return
  await work(session)
  const renewed = await refresh(session)
  if (renewed === undefined) return
  await validate('auth.validate-replaced', renewed, session.token, { success: true, 'data.valid': false })
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
  await validate('auth.validate', session, session.token, {
    success: true,
    'data.valid': true,
    'data.user_id': session.userId,
    'data.session_id': session.id,
  })
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
  const left = await operation({
    op: 'auth.logout',
    method: 'POST',
    url: `${auth}/logout`,
    body: { session_id: session.id },
    token: session.token,
    expect: granted({ success: true }),
  })
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

function validate(op: string, by: Session, token: string, wanted: Wanted): Promise<Outcome> {
  return operation({
    op,
    method: 'POST',
    url: `${settings.baseUrl}/api/validate/token`,
    body: { token },
    token: by.token,
    expect: granted(wanted),
  })
}
