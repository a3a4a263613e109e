// Hostile: somebody shows tokens that are not, or no longer, what they claim to be, at the door of every service.
//
// Load: RATE operations begin every second, whatever the system does (lib/turns.ts). A journey is one forgery at every
// door: a reading request of each service (13), who the user is (auth), and a sample that is brought in with it, which
// must not be stored: 15 operations. Forgeries take turns: a signature with one letter changed, one made with another
// key, none at all, claims with a higher role, a genuine token past its time (with JWT_SECRET given), the token of a
// session that was logged out, an empty one. Every fourth journey is an honest technician with a genuine token at the
// same doors, who must be served: a system that refuses everybody would pass otherwise.
import exec from 'k6/execution'
import { accountOf, logoutAsk, prepareSession } from './lib/accounts.ts'
import type { Session } from './lib/accounts.ts'
import { DOORS, refusedBy } from './lib/doors.ts'
import { get } from './lib/desk.ts'
import type { Desk } from './lib/desk.ts'
import { granted, refused } from './lib/expectation.ts'
import type { Expectation } from './lib/expectation.ts'
import { expired, promoted, signedByAnother, signs, tampered, unsigned } from './lib/forged-token.ts'
import { optionsFor, runJourneys, summaryFile } from './lib/journey.ts'
import type { Summary, SummaryFiles } from './lib/journey.ts'
import { operation } from './lib/operation.ts'
import type { Ask } from './lib/operation.ts'
import { prepare } from './lib/preparation.ts'
import * as ask from './lib/sample-requests.ts'
import { openSessionPool } from './lib/session-pool.ts'
import type { SessionPool } from './lib/session-pool.ts'
import { readSettings } from './lib/settings.ts'

const TECHNICIANS = 2
const FORGED = refused(401, { 'error.code': 'JWT_ERROR' })
/** As documented: auth itself does not find a session that has ended. */
const ENDED = refused(404, { 'error.code': 'SESSION_NOT_FOUND' })
const NAMELESS = refused(401, { 'error.code': 'AUTHENTICATION_FAILED' })

const settings = readSettings()

interface Forgery {
  readonly name: string
  /** What auth says to it when it asks who the user is. */
  readonly me: Expectation
  of(honest: readonly Session[], ended: Session): string
}

interface Prepared {
  readonly honest: readonly Session[]
  /** Logged out before the load began. */
  readonly ended: Session
}

export const options = optionsFor(settings)

export function setup(): Prepared {
  const honest = Array.from({ length: TECHNICIANS }, (_, index) => prepareSession(settings.baseUrl, accountOf(settings.run, `honest-${index}`)))
  if (settings.jwtSecret !== '' && !honest.every(({ token }) => signs(token, settings.jwtSecret))) {
    exec.test.abort('the load was called off: JWT_SECRET does not sign the tokens of this system')
  }
  const ended = prepareSession(settings.baseUrl, accountOf(settings.run, 'ended'))
  prepare(logoutAsk(settings.baseUrl, ended))
  return { honest, ended }
}

export default function (prepared: Prepared): Promise<void> {
  const sessions = openSessionPool(settings.baseUrl, prepared.honest)
  return runJourneys(settings, (index) => {
    return index % 4 === 0 ? honest(sessions, index) : forger(prepared, index)
  })
}

export function handleSummary(data: Summary): SummaryFiles {
  const notes = settings.jwtSecret === '' ? ['expired tokens were not tried: JWT_SECRET was not given'] : []
  return summaryFile(settings, data, notes)
}

const KNOWN: readonly Forgery[] = [
  { name: 'tampered', me: FORGED, of: (honest) => tampered(tokenOf(honest)) },
  { name: 'another-key', me: FORGED, of: (honest) => signedByAnother(tokenOf(honest)) },
  { name: 'unsigned', me: FORGED, of: (honest) => unsigned(tokenOf(honest)) },
  { name: 'promoted', me: FORGED, of: (honest) => promoted(tokenOf(honest)) },
  { name: 'logged-out', me: ENDED, of: (_, ended) => ended.token },
  // A header that says Bearer and nothing else.
  { name: 'empty', me: NAMELESS, of: () => '' },
  { name: 'expired', me: FORGED, of: (honest) => expired(tokenOf(honest), settings.jwtSecret) },
]
const FORGERIES = KNOWN.filter(({ name }) => name !== 'expired' || settings.jwtSecret !== '')

async function forger({ honest, ended }: Prepared, index: number): Promise<void> {
  const forgery = FORGERIES[(index - Math.floor(index / 4)) % FORGERIES.length]
  if (forgery === undefined) return
  const desk = { baseUrl: settings.baseUrl, token: forgery.of(honest, ended) }
  for (const door of DOORS) {
    await operation({ op: `${door.service}.${forgery.name}-token`, ...get(desk, door.look), expect: refusedBy(door) })
  }
  await operation({ op: `auth.me-${forgery.name}-token`, ...get(desk, '/api/auth/me'), expect: forgery.me })
  await operation(smuggle(desk, forgery.name, index))
}

/** A sample brought in with a forged token: refused, and what is refused is not in the database. */
function smuggle(desk: Desk, name: string, index: number): Ask {
  const sample = ask.sampleOf(`${settings.run}-forged-${exec.vu.idInTest}-${index}`)
  const expect = refused(401, { error: 'authentication_error' })
  return { ...ask.create(desk, sample), op: `sample.create-${name}-token`, expect }
}

async function honest(sessions: SessionPool, index: number): Promise<void> {
  const session = sessions.current(index) ?? (await sessions.renew(index))
  if (session === undefined) return
  const desk = { baseUrl: settings.baseUrl, token: session.token }
  // A spreadsheet that does not exist is known to be none only by whoever was let in.
  const served = DOORS.filter(({ service }) => service !== 'spreadsheet-versioning')
  for (const { service, look } of served) {
    await operation({ op: `${service}.look`, ...get(desk, look), expect: granted({}) })
  }
  const created = await operation(ask.create(desk, ask.sampleOf(`${settings.run}-honest-${exec.vu.idInTest}-${index}`)))
  if (created.status === 401) sessions.discard(index)
}

function tokenOf([session]: readonly Session[]): string {
  return session?.token ?? ''
}
