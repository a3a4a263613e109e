// Login with lockout, refresh and logout.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { fieldsOf, isUuid, jsonBody } from '../kit/fields.ts'
import { malformed } from '../kit/refusal.ts'
import { callingUser } from './caller.ts'
import { EMAIL } from './email.ts'
import { refuse, type AuthCode } from './refusals.ts'
import { verifyPassword } from './password-hash.ts'
import { endSession, openSession, type OpenedSession } from './sessions.ts'
import { hashToken } from './tokens.ts'
import { audit, type AuthWorld, type UserRow } from './world.ts'

/** POST /auth/login, /auth/refresh and /auth/logout. */
export function loginRoutes(app: FastifyInstance, world: AuthWorld): void {
  app.post('/auth/login', async (request) => ({ success: true, data: await logIn(world, request) }))
  app.post('/auth/refresh', async (request) => ({ success: true, data: await refresh(world, request) }))
  app.post('/auth/logout', async (request) => {
    const user = await callingUser(world, request)
    const session = fieldsOf(jsonBody(request)).text('session_id')
    if (!isUuid(session)) throw malformed(422, 'Failed to deserialize the JSON body into the target type: session_id')
    await logOut(world, user.id, session)
    return { success: true, message: 'Logged out successfully' }
  })
}

/** Any session of the own ones may be named; one that has ended already is no news. */
async function logOut({ database, outbox }: AuthWorld, user: string, session: string): Promise<void> {
  await database.transaction(async (query) => {
    if (!(await endSession(query, user, session))) return
    const payload = { user_id: user, session_id: session }
    await outbox.add(query, { type: 'auth.user_logged_out', subject: user, payload })
  })
}

async function logIn(world: AuthWorld, request: FastifyRequest): Promise<OpenedSession> {
  const fields = fieldsOf(jsonBody(request))
  const email = fields.text('email', EMAIL).toLowerCase()
  const password = fields.text('password', { min: 1 })
  const refreshable = fields.optionalFlag('remember_me')
  fields.done('VALIDATION_ERROR')
  const [user] = await world.database.query<UserRow>('select * from auth.users where email = $1', [email])
  const obstacle = user === undefined ? 'USER_NOT_FOUND' : obstacleOf(user)
  if (user === undefined || obstacle !== undefined) {
    return turnDown(world, request, { code: obstacle ?? 'USER_NOT_FOUND', email, user })
  }
  if (!(await verifyPassword(password, user.password_hash))) {
    return turnDown(world, request, { code: 'INVALID_CREDENTIALS', email, user })
  }
  const opened = await world.database.transaction(async (query) => {
    await query(
      `update auth.users set failed_login_attempts = 0, locked_until = null, last_login_at = now(), updated_at = now()
       where id = $1`,
      [user.id],
    )
    const session = await openSession(world, query, { user, refreshable, request })
    await audit(query, { type: 'LOGIN_SUCCESS', userId: user.id, email }, request)
    const payload = { user_id: user.id, role: user.role, session_id: session.session_id }
    await world.outbox.add(query, { type: 'auth.user_logged_in', subject: user.id, payload })
    return session
  })
  world.count.login()
  return opened
}

/** The documented order: locked, unverified, inactive; only then the password. */
function obstacleOf(user: UserRow): AuthCode | undefined {
  if (user.locked_until !== null && user.locked_until.getTime() > Date.now()) return 'ACCOUNT_LOCKED'
  if (!user.email_verified) return 'ACCOUNT_NOT_VERIFIED'
  return user.status === 'active' ? undefined : 'ACCOUNT_DISABLED'
}

const MESSAGES: Partial<Record<AuthCode, string>> = {
  USER_NOT_FOUND: 'User not found',
  INVALID_CREDENTIALS: 'Invalid credentials',
  ACCOUNT_LOCKED: 'The account is locked after too many failed logins',
  ACCOUNT_NOT_VERIFIED: 'The e-mail address is not verified',
  ACCOUNT_DISABLED: 'The account is not active',
}

interface TurnedDown {
  readonly code: AuthCode
  readonly email: string
  readonly user: UserRow | undefined
}

async function turnDown(world: AuthWorld, request: FastifyRequest, { code, email, user }: TurnedDown): Promise<never> {
  world.count.authenticationFailure()
  await world.database.transaction(async (query) => {
    if (code === 'INVALID_CREDENTIALS' && user !== undefined) await query(COUNT_FAILURE, failureValues(world, user))
    const details = { reason: code }
    await audit(query, { type: 'LOGIN_FAILED', userId: user?.id, email, severity: 'HIGH', details }, request)
    const payload = { user_id: user?.id ?? null, ...details }
    await world.outbox.add(query, { type: 'auth.login_failed', subject: user?.id, payload })
  })
  throw refuse(code, MESSAGES[code] ?? 'Login refused')
}

/**
 * The nth failure in a row locks the account; a lock that has passed starts the count anew. Written as one statement,
 * as two guesses at the same time must count as two.
 */
const COUNT_FAILURE = `
update auth.users set
  failed_login_attempts = case when locked_until <= now() then 1 else failed_login_attempts + 1 end,
  locked_until = case
    when locked_until > now() then locked_until
    when locked_until is null and failed_login_attempts + 1 >= $2 then now() + make_interval(secs => $3)
    when $2 = 1 then now() + make_interval(secs => $3)
  end,
  updated_at = now()
where id = $1`

/** More failures than anybody lives to make. */
const NEVER = 2_000_000_000

function failureValues({ settings }: AuthWorld, user: UserRow): unknown[] {
  const most = settings.defects.has('no-lockout') ? NEVER : settings.maxLoginAttempts
  return [user.id, most, settings.lockoutMinutes * 60]
}

/** The old session ends and the new one begins together; a refresh token works once. */
function refresh(world: AuthWorld, request: FastifyRequest): Promise<OpenedSession> {
  const fields = fieldsOf(jsonBody(request))
  const token = fields.text('refresh_token', { min: 1 })
  fields.done('VALIDATION_ERROR')
  return world.database.transaction(async (query) => {
    const [user] = await query<UserRow>(
      `update auth.user_sessions s set revoked = true, revoked_at = now()
       from auth.users u
       where s.refresh_token_hash = $1 and not s.revoked and s.refresh_expires_at > now()
         and u.id = s.user_id and u.status = 'active'
       returning u.id, u.email, u.role`,
      [hashToken(token)],
    )
    if (user === undefined) throw refuse('TOKEN_INVALID', 'The refresh token is not valid')
    const session = await openSession(world, query, { user, refreshable: true, request })
    await audit(query, { type: 'TOKEN_REFRESHED', userId: user.id, email: user.email }, request)
    return session
  })
}
