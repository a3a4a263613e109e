// The people of a laboratory: technicians who work in sessions opened before the load begins, and log in for a new shift.
import exec from 'k6/execution'
import { accountOf, prepareSession } from './accounts.ts'
import type { Session } from './accounts.ts'
import type { Desk } from './desk.ts'
import { runJourneys } from './journey.ts'
import { operation, together } from './operation.ts'
import type { Ask, Outcome } from './operation.ts'
import { openSessionPool } from './session-pool.ts'
import type { SessionPool } from './session-pool.ts'
import type { Settings } from './settings.ts'

const TECHNICIANS = 4
/** By operations and not by journeys, or a hanging system would be asked for little but logins. */
const OPERATIONS_PER_SHIFT = 70

/** One journey: where its technician sits, and what nothing else in this run is called. */
export interface Task {
  readonly desk: Desk
  readonly key: string
  /** Counts the journeys of this VU from 1. */
  readonly index: number
}

/** Registers the technicians and logs them in; calls the run off when that fails. */
export function prepareTechnicians({ run, baseUrl }: Settings): readonly Session[] {
  const accounts = Array.from({ length: TECHNICIANS }, (_, index) => accountOf(run, `technician-${index}`))
  return accounts.map((account) => prepareSession(baseUrl, account))
}

/** The desk of one of them, from which all is prepared that the journeys need. */
export function deskOf({ baseUrl }: Settings, [session]: readonly Session[]): Desk {
  if (session === undefined) throw new Error('setup() opened no session')
  return { baseUrl, token: session.token }
}

/**
 * Journeys in the sessions of the technicians until k6 ends the run. Once in 70 operations a shift begins with a login,
 * and whoever finds a session refused or about to expire logs in too.
 */
export function runShifts(
  settings: Settings,
  prepared: readonly Session[],
  work: (task: Task) => Promise<void>,
): Promise<void> {
  const sessions = openSessionPool(settings.baseUrl, prepared)
  let shifts = 1
  return runJourneys(settings, async (index, turnsGiven) => {
    const isNew = turnsGiven >= shifts * OPERATIONS_PER_SHIFT
    if (isNew) shifts += 1
    // The old session serves the others until the new one is there.
    const session = (isNew ? undefined : sessions.current(index)) ?? (await sessions.renew(index))
    if (session === undefined) return
    const key = `${settings.run}-${exec.vu.idInTest}-${index}`
    await untilOver(sessions, index, () => work({ desk: deskOf(settings, [session]), key, index }))
  })
}

/** Does an operation without which the journey can not go on; it ends where that fails. */
export async function demand(ask: Ask): Promise<Outcome> {
  return orOver(await operation(ask))
}

/** Does several at the same moment, which must all be good; the outcome of the first that was told yes. */
export async function demandTogether(asks: readonly Ask[]): Promise<Outcome | undefined> {
  const outcomes = await together(asks)
  return outcomes.map(orOver).find(({ type }) => type === 'acknowledged')
}

function orOver(outcome: Outcome): Outcome {
  if (!outcome.good) throw new JourneyOver(outcome)
  return outcome
}

class JourneyOver extends Error {
  readonly outcome: Outcome

  constructor(outcome: Outcome) {
    super('this journey can not go on')
    this.outcome = outcome
  }
}

async function untilOver(sessions: SessionPool, index: number, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (thrown) {
    if (!(thrown instanceof JourneyOver)) throw thrown
    if (thrown.outcome.status === 401) sessions.discard(index)
  }
}
