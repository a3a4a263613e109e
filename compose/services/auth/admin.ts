// What administrators may see and do: users, sessions, the audit log.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { uuidParam } from '../kit/fields.ts'
import { profileOf } from './accounts.ts'
import { callingAdmin } from './caller.ts'
import { refuse } from './refusals.ts'
import { endAllSessions } from './sessions.ts'
import { audit, type AuthWorld, type UserRow } from './world.ts'

/** The routes under /admin, all for administrators only. */
export function adminRoutes(app: FastifyInstance, world: AuthWorld): void {
  listRoutes(app, world)
  const change = (status: string) => async (request: FastifyRequest) => setStatus(world, request, status)
  app.delete('/admin/users/:id', change('deleted'))
  app.post('/admin/users/:id/disable', change('inactive'))
  app.post('/admin/users/:id/enable', change('active'))
}

function listRoutes(app: FastifyInstance, world: AuthWorld): void {
  const list = <Row extends object>(path: string, sql: string, view: (row: Row) => object): void => {
    app.get(path, async (request) => {
      await callingAdmin(world, request)
      return { success: true, data: (await world.database.query<Row>(sql)).map(view) }
    })
  }
  list<UserRow>('/admin/users', 'select * from auth.users order by created_at desc limit 100', adminView)
  list<object>('/admin/sessions', SESSIONS, (row) => row)
  list<object>('/admin/audit-log', AUDIT_LOG, (row) => row)
  app.get('/admin/users/:id', async (request) => {
    await callingAdmin(world, request)
    const [user] = await world.database.query<UserRow>('select * from auth.users where id = $1', [uuidParam(request)])
    if (user === undefined) throw refuse('USER_NOT_FOUND', 'User not found')
    return { success: true, data: adminView(user) }
  })
}

const SESSIONS = `
select id, user_id, device_info, ip_address, user_agent, created_at, last_used_at, expires_at
from auth.user_sessions where not revoked and expires_at > now() order by created_at desc limit 100`

const AUDIT_LOG = 'select * from auth.security_audit_log order by "timestamp" desc limit 100'

function adminView(user: UserRow): object {
  const { failed_login_attempts, locked_until } = user
  return { ...profileOf(user), failed_login_attempts, locked_until }
}

async function setStatus(world: AuthWorld, request: FastifyRequest, status: string): Promise<object> {
  const admin = await callingAdmin(world, request)
  const id = uuidParam(request)
  await world.database.transaction(async (query) => {
    const changed = await query('update auth.users set status = $2, updated_at = now() where id = $1 returning id', [
      id,
      status,
    ])
    if (changed.length === 0) throw refuse('USER_NOT_FOUND', 'User not found')
    if (status !== 'active') await endAllSessions(query, id)
    await audit(query, { type: 'USER_STATUS_CHANGED', userId: id, details: { status, by: admin.id } }, request)
  })
  return { success: true, message: `User is now ${status}` }
}
