// Hostile: somebody tries leaked passwords on many accounts. Some accounts are guessed at until they lock, on some the
// list is right at last, some do not exist. Whoever has the right password before the lock is let in, nobody else is.
//
// Load: RATE operations begin every second, whatever the system does (lib/turns.ts). Of six journeys three are attacks on
// a new account of 8 operations (5 wrong passwords lock it, the documented number; then even the right one is refused
// until 15 minutes are over), one is an attack of 7 that succeeds with the fifth attempt, one tries an address that
// nobody has, and one is an ordinary user with an open session, who must notice nothing. All come from one address, as
// such attacks do: at the documented limits the gateway may turn logins away with 429, but not the user whose token is
// known. A refused login is judged as a write that must not happen: its session must not be in the database.
import exec from 'k6/execution'
import { accountOf, loginAsk, prepareSession, registerAsk, sessionFrom } from './lib/accounts.ts'
import type { Account, Session } from './lib/accounts.ts'
import { granted, refused, unlessBusy } from './lib/expectation.ts'
import type { Expectation } from './lib/expectation.ts'
import { optionsFor, runJourneys, summaryFile } from './lib/journey.ts'
import type { Summary, SummaryFiles } from './lib/journey.ts'
import { operation } from './lib/operation.ts'
import type { Ask, Outcome } from './lib/operation.ts'
import { openSessionPool } from './lib/session-pool.ts'
import type { SessionPool } from './lib/session-pool.ts'
import { readSettings } from './lib/settings.ts'

const USERS = 4
/** The documented number of failures in a row that locks an account. */
const LOCKING = 5
const WRONG = refused(401, { 'error.code': 'INVALID_CREDENTIALS' })
const LOCKED = refused(403, { 'error.code': 'ACCOUNT_LOCKED' })
const UNKNOWN = refused(404, { 'error.code': 'USER_NOT_FOUND' })

const settings = readSettings()

export const options = optionsFor(settings)

export function setup(): readonly Session[] {
  const accounts = Array.from({ length: USERS }, (_, index) => accountOf(settings.run, `user-${index}`))
  return accounts.map((account) => prepareSession(settings.baseUrl, account))
}

export default function (prepared: readonly Session[]): Promise<void> {
  const sessions = openSessionPool(settings.baseUrl, prepared)
  return runJourneys(settings, (index) => {
    const key = `${exec.vu.idInTest}-${index}`
    if (index % 6 === 1) return ordinaryUser(sessions, index)
    if (index % 6 === 3) return lucky(accountOf(settings.run, `lucky-${key}`))
    if (index % 6 === 5) return nobodyThere(accountOf(settings.run, `nobody-${key}`))
    return guessed(accountOf(settings.run, `guessed-${key}`))
  })
}

export function handleSummary(data: Summary): SummaryFiles {
  return summaryFile(settings, data)
}

/** The account locks; then the right password opens it no more than a wrong one does. */
async function guessed(account: Account): Promise<void> {
  if (!(await registers(account))) return
  for (let guess = 0; guess < LOCKING; guess += 1) {
    // One that was turned away was no guess, and would leave the lock for later.
    if ((await guesses(account, 'auth.login-guessed', WRONG)).status !== 401) return
  }
  await guesses(account, 'auth.login-locked', LOCKED)
  await operation({ ...attempt(account, account.password, LOCKED), op: 'auth.login-locked-right' })
}

/** The list is right before the account locks: that is a login like any other. */
async function lucky(account: Account): Promise<void> {
  if (!(await registers(account))) return
  for (let guess = 1; guess < LOCKING - 1; guess += 1) await guesses(account, 'auth.login-guessed', WRONG)
  const login = loginAsk(settings.baseUrl, account)
  const opened = await operation({ ...login, op: 'auth.login-right', write: sessionOf(account), expect: unlessBusy(login.expect) })
  if (opened.type !== 'acknowledged') return
  await operation(me(sessionFrom(account, opened.body)))
}

async function nobodyThere(account: Account): Promise<void> {
  for (let guess = 0; guess < LOCKING; guess += 1) await guesses(account, 'auth.login-unknown', UNKNOWN)
}

async function ordinaryUser(sessions: SessionPool, index: number): Promise<void> {
  const session = sessions.current(index) ?? (await sessions.renew(index))
  if (session === undefined) return
  const { status } = await operation(me(session))
  if (status === 401 || status === 404) sessions.discard(index)
}

async function registers(account: Account): Promise<boolean> {
  return (await operation(registerAsk(settings.baseUrl, account))).good
}

function guesses(account: Account, op: string, expect: Expectation): Promise<Outcome> {
  return operation({ ...attempt(account, `Leaked-Horse-${Math.random()}`, expect), op })
}

function attempt(account: Account, password: string, expect: Expectation): Ask {
  const login = loginAsk(settings.baseUrl, { ...account, password })
  return { ...login, expect: unlessBusy(expect), write: sessionOf(account) }
}

/** One account is let in once or never, so that its address names the session. */
function sessionOf({ email }: Account): Ask['write'] {
  return { store: 'sessions', key: email }
}

function me({ token, userId, account }: Session): Ask {
  const same = { 'data.id': userId, 'data.email': account.email }
  const url = `${settings.baseUrl}/api/auth/me`
  return { op: 'auth.me', method: 'GET', url, token, expect: granted({ success: true, ...same }) }
}
