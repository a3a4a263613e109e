// Hostile: a user without rights tries the administrators' routes and other people's sessions, and somebody who is nobody
// tries every door.
//
// Load: RATE operations begin every second, whatever the system does (lib/turns.ts). Journeys take turns: a plain user
// asks for all 7 routes of administrators and for the session of another (10 operations; the victim is disabled, deleted,
// or thrown out if one of them is let through, which the next look of the victim shows), somebody without a token asks
// for a reading and a changing request of each service (26), and for what auth keeps to itself (9), somebody says to be a
// service (13). Of the services only auth knows roles: what the others let a plain user do is documented as it is.
import exec from 'k6/execution'
import { accountOf, logoutAsk, prepareSession } from './lib/accounts.ts'
import type { Session } from './lib/accounts.ts'
import { get, post, remove } from './lib/desk.ts'
import type { Desk } from './lib/desk.ts'
import { DOORS, SHUT } from './lib/doors.ts'
import { granted, refused } from './lib/expectation.ts'
import type { Expectation } from './lib/expectation.ts'
import { optionsFor, runJourneys, summaryFile } from './lib/journey.ts'
import type { Summary, SummaryFiles } from './lib/journey.ts'
import { operation } from './lib/operation.ts'
import { openSessionPool } from './lib/session-pool.ts'
import type { SessionPool } from './lib/session-pool.ts'
import { readSettings } from './lib/settings.ts'

const INTRUDERS = 2
const FORBIDDEN = refused(403, { 'error.code': 'AUTHORIZATION_FAILED' })
const NAMELESS = refused(401, { 'error.code': 'AUTHENTICATION_FAILED' })
const NOT_YOURS = refused(404, { 'error.code': 'SESSION_NOT_FOUND' })

const settings = readSettings()

interface Prepared {
  readonly intruders: readonly Session[]
  readonly victim: Session
}

export const options = optionsFor(settings)

export function setup(): Prepared {
  const accounts = Array.from({ length: INTRUDERS }, (_, index) => accountOf(settings.run, `intruder-${index}`))
  const intruders = accounts.map((account) => prepareSession(settings.baseUrl, account))
  return { intruders, victim: prepareSession(settings.baseUrl, accountOf(settings.run, 'victim')) }
}

export default function ({ intruders, victim }: Prepared): Promise<void> {
  const sessions = openSessionPool(settings.baseUrl, intruders)
  return runJourneys(settings, (index) => {
    if (index % 3 === 0) return pretender()
    return index % 3 === 1 ? intruder(sessions, index, victim) : nobody(victim)
  })
}

export function handleSummary(data: Summary): SummaryFiles {
  return summaryFile(settings, data)
}

/** Every route of administrators; what changes something is tried on the victim. */
function adminAsks(desk: Desk, user: string, expect: Expectation) {
  return [
    { op: 'admin.users', ...get(desk, '/api/admin/users') },
    { op: 'admin.user', ...get(desk, `/api/admin/users/${user}`) },
    { op: 'admin.sessions', ...get(desk, '/api/admin/sessions') },
    { op: 'admin.audit-log', ...get(desk, '/api/admin/audit-log') },
    { op: 'admin.disable', ...post(desk, `/api/admin/users/${user}/disable`) },
    { op: 'admin.enable', ...post(desk, `/api/admin/users/${user}/enable`) },
    { op: 'admin.delete', ...remove(desk, `/api/admin/users/${user}`) },
  ].map((ask) => ({ ...ask, expect }))
}

async function intruder(sessions: SessionPool, index: number, victim: Session): Promise<void> {
  const session = sessions.current(index) ?? (await sessions.renew(index))
  if (session === undefined) return
  const desk = { baseUrl: settings.baseUrl, token: session.token }
  let ended = false
  for (const ask of adminAsks(desk, victim.userId, FORBIDDEN)) ended ||= (await operation(ask)).status === 401
  if (ended) return sessions.discard(index)
  await operation({ op: 'auth.session-of-another', ...remove(desk, `/api/auth/sessions/${victim.id}`), expect: NOT_YOURS })
  // Answered as if it were done, so that nobody learns which sessions there are.
  await operation({ ...logoutAsk(settings.baseUrl, { ...victim, token: session.token }), op: 'auth.logout-of-another' })
  await operation(looksForHimself(victim))
}

/** The victim is served, is who he was, and no more than he was. */
function looksForHimself({ token, userId }: Session) {
  const same = { 'data.id': userId, 'data.status': 'active', 'data.role': 'guest' }
  return { op: 'auth.me-victim', ...get({ baseUrl: settings.baseUrl, token }, '/api/auth/me'), expect: granted(same) }
}

/** Without a token no door opens, whatever is wanted behind it. */
async function nobody(victim: Session): Promise<void> {
  const { baseUrl } = settings
  const open = { method: 'GET', token: undefined } as const
  for (const { service, look, change } of DOORS) {
    await operation({ op: `${service}.look-nobody`, ...open, url: baseUrl + look, expect: SHUT })
    const { method, path, body } = change
    await operation({ op: `${service}.change-nobody`, method, url: baseUrl + path, body, expect: SHUT })
  }
  const asks = adminAsks({ baseUrl, token: '' }, victim.userId, NAMELESS)
  for (const { token: _, ...ask } of asks) await operation({ ...ask, op: `${ask.op}-nobody` })
  for (const path of ['/api/auth/me', '/api/auth/sessions']) {
    await operation({ op: 'auth.look-nobody', ...open, url: baseUrl + path, expect: NAMELESS })
  }
}

/** A key that services of the laboratory show each other is worth nothing outside. */
async function pretender(): Promise<void> {
  const authorization = `Service service_${exec.vu.idInTest}`
  for (const { service, look } of DOORS) {
    await operation({ op: `${service}.look-as-service`, method: 'GET', url: settings.baseUrl + look, authorization, expect: SHUT })
  }
}
