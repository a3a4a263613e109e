// Finds out who calls: a user with a live session, or another service with its key.
import type { FastifyRequest } from 'fastify'
import { refuse } from './refusals.ts'
import { useSession } from './sessions.ts'
import type { Claims } from './tokens.ts'
import type { AuthWorld, UserRow } from './world.ts'

/** The token of an Authorization header of the given scheme. */
function credential(request: FastifyRequest, scheme: string): string | undefined {
  const [given, value] = (request.headers.authorization ?? '').split(' ', 2)
  return given?.toLowerCase() === scheme && value !== '' ? value : undefined
}

/** Reads a token; a bad one is counted and refused with JWT_ERROR. */
export async function readToken(world: AuthWorld, token: string): Promise<Claims> {
  const claims = await world.tokens.read(token)
  if (claims !== undefined) return claims
  world.count.tokenFailure()
  throw refuse('JWT_ERROR', 'The token is malformed, expired or not signed by us')
}

async function bearer(world: AuthWorld, request: FastifyRequest): Promise<Claims> {
  const token = credential(request, 'bearer')
  if (token === undefined) {
    world.count.authenticationFailure()
    throw refuse('AUTHENTICATION_FAILED', 'A Bearer token is needed')
  }
  const claims = await readToken(world, token)
  if ((await useSession(world.database.query, token)) !== undefined) return claims
  world.count.tokenFailure()
  throw refuse('SESSION_NOT_FOUND', 'The session does not exist or has ended')
}

/** The user who calls, with an active account and a live session. */
export async function callingUser(world: AuthWorld, request: FastifyRequest): Promise<UserRow & { session: string }> {
  const claims = await bearer(world, request)
  const [user] = await world.database.query<UserRow>('select * from auth.users where id = $1', [claims.user])
  if (user === undefined) throw refuse('USER_NOT_FOUND', 'The user does not exist')
  if (user.status !== 'active') throw refuse('ACCOUNT_DISABLED', 'The account is not active')
  return { ...user, session: claims.session }
}

/** Like callingUser, for administrators only. */
export async function callingAdmin(world: AuthWorld, request: FastifyRequest): Promise<UserRow> {
  const user = await callingUser(world, request)
  if (user.role !== 'lab_administrator') throw refuse('AUTHORIZATION_FAILED', 'Only administrators may do this')
  return user
}

/** Lets services (header `Service service_...`) and users with a live session pass. */
export async function callingServiceOrUser(world: AuthWorld, request: FastifyRequest): Promise<void> {
  const key = credential(request, 'service')
  if (key === undefined) {
    await bearer(world, request)
    return
  }
  if (key.startsWith('service_')) return
  world.count.authenticationFailure()
  throw refuse('AUTHENTICATION_FAILED', 'The service key is not valid')
}
