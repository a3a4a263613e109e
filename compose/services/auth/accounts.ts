// Registration, the own account and the own sessions.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { DatabaseError } from 'pg'
import { fieldsOf, jsonBody, uuidParam, type Fields } from '../kit/fields.ts'
import { callingUser } from './caller.ts'
import { EMAIL } from './email.ts'
import { issueToken } from './one-time-tokens.ts'
import { hashPassword } from './password-hash.ts'
import { passwordProblems } from './password-policy.ts'
import { refuse } from './refusals.ts'
import { endSession } from './sessions.ts'
import { policyOf } from './settings.ts'
import { audit, type AuthWorld, type UserRow } from './world.ts'

/** POST /auth/register, GET /auth/me, GET /auth/sessions, DELETE /auth/sessions/:id. */
export function accountRoutes(app: FastifyInstance, world: AuthWorld): void {
  app.post('/auth/register', async (request) => {
    const user_id = await register(world, request)
    return { success: true, message: 'User registered successfully', user_id }
  })
  app.get('/auth/me', async (request) => ({ success: true, data: profileOf(await callingUser(world, request)) }))
  app.get('/auth/sessions', async (request) => {
    const user = await callingUser(world, request)
    const data = await world.database.query(
      `select id, device_info, ip_address, created_at, last_used_at, expires_at from auth.user_sessions
       where user_id = $1 and not revoked and expires_at > now() order by created_at desc limit 100`,
      [user.id],
    )
    return { success: true, data }
  })
  app.delete('/auth/sessions/:id', async (request) => {
    const user = await callingUser(world, request)
    const ended = await endSession(world.database.query, user.id, uuidParam(request))
    if (!ended) throw refuse('SESSION_NOT_FOUND', 'The session does not exist or has ended')
    return { success: true, message: 'Session revoked' }
  })
}

/** The part of a user that the user and administrators may see. */
export function profileOf(user: UserRow): object {
  return {
    id: user.id,
    email: user.email,
    first_name: user.first_name,
    last_name: user.last_name,
    role: user.role,
    status: user.status,
    email_verified: user.email_verified,
    last_login_at: user.last_login_at,
    created_at: user.created_at,
    department: user.department,
    position: user.position,
    lab_affiliation: user.lab_affiliation,
  }
}

async function register(world: AuthWorld, request: FastifyRequest): Promise<string> {
  if (!world.settings.registration) throw refuse('FEATURE_DISABLED', 'Registration is disabled')
  const fields = fieldsOf(jsonBody(request))
  const email = fields.text('email', EMAIL).toLowerCase()
  const password = newPassword(world, fields, 'password')
  const names = ['first_name', 'last_name'].map((name) => fields.text(name, { min: 1, max: 100 }))
  const extras = ['department', 'position', 'lab_affiliation'].map((name) => fields.optionalText(name, { max: 255 }))
  fields.done('VALIDATION_ERROR')
  // The shipped defect: the database has no such type as the statement names.
  if (world.settings.defects.has('register-answers-500')) throw refuse('DATABASE_ERROR', 'A database error occurred')
  const hash = await hashPassword(password)
  const verified = !world.settings.emailVerification
  try {
    return await store(world, request, [email, hash, ...names, ...extras, verified])
  } catch (error) {
    if (!isDuplicate(error)) throw error
    throw refuse('USER_ALREADY_EXISTS', 'A user with this e-mail address already exists')
  }
}

/** Reads a password that is to be set and notes every broken rule. */
export function newPassword(world: AuthWorld, fields: Fields, name: string): string {
  const password = fields.text(name)
  for (const problem of passwordProblems(password, policyOf(world.settings))) fields.problem(problem)
  return password
}

function store(world: AuthWorld, request: FastifyRequest, values: unknown[]): Promise<string> {
  return world.database.transaction(async (query) => {
    const [user] = await query<UserRow>(
      `insert into auth.users
         (email, password_hash, first_name, last_name, department, position, lab_affiliation, email_verified)
       values ($1, $2, $3, $4, $5, $6, $7, $8) returning *`,
      values,
    )
    if (user === undefined) throw new Error('the insert returned no row')
    if (!user.email_verified) await issueToken(query, { purpose: 'verify-email', user, life: 24 * 3_600_000 })
    await audit(query, { type: 'USER_CREATED', userId: user.id, email: user.email }, request)
    const payload = { user_id: user.id, role: user.role }
    await world.outbox.add(query, { type: 'auth.user_created', subject: user.id, payload })
    return user.id
  })
}

function isDuplicate(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '23505'
}
