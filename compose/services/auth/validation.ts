// Tells other services whether a token is good and what its owner may do.
import type { FastifyInstance } from 'fastify'
import { fieldsOf, jsonBody } from '../kit/fields.ts'
import { callingServiceOrUser, readToken } from './caller.ts'
import { refuse } from './refusals.ts'
import { isRole, roleCovers } from '../kit/roles.ts'
import { useSession } from './sessions.ts'
import type { AuthWorld } from './world.ts'

const NOBODY = { valid: false, user_id: null, email: null, role: null, session_id: null, expires_at: null }

/** POST /validate/token and /validate/permissions. */
export function validationRoutes(app: FastifyInstance, world: AuthWorld): void {
  app.post('/validate/token', async (request) => {
    await callingServiceOrUser(world, request)
    const fields = fieldsOf(jsonBody(request))
    const token = fields.text('token', { min: 1 })
    fields.done('VALIDATION_ERROR')
    return { success: true, data: await validate(world, token) }
  })
  app.post('/validate/permissions', async (request) => {
    await callingServiceOrUser(world, request)
    const fields = fieldsOf(jsonBody(request))
    const token = fields.text('token', { min: 1 })
    const required = fields.text('required_role', { min: 1 })
    fields.optionalText('resource')
    fields.done('VALIDATION_ERROR')
    if (!isRole(required)) throw refuse('VALIDATION_ERROR', `required_role '${required}' does not exist`)
    return { success: true, data: await permissions(world, token, required) }
  })
}

async function validate(world: AuthWorld, token: string): Promise<object> {
  const claims = await readToken(world, token)
  const session = await useSession(world.database.query, token)
  if (session === undefined) {
    world.count.tokenFailure()
    return NOBODY
  }
  return {
    valid: true,
    user_id: claims.user,
    email: claims.email,
    role: claims.role,
    session_id: session.id,
    expires_at: session.expires_at.toISOString(),
  }
}

async function permissions(world: AuthWorld, token: string, required: string): Promise<object> {
  const claims = await readToken(world, token)
  const session = await useSession(world.database.query, token)
  if (session === undefined) {
    world.count.tokenFailure()
    return { authorized: false, user: null, reason: 'The session does not exist or has ended' }
  }
  const user = { id: claims.user, email: claims.email, role: claims.role }
  const authorized = roleCovers(claims.role, required)
  return { authorized, user, reason: authorized ? null : `Role ${claims.role} is below ${required}` }
}
