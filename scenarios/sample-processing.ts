// Journey: a laboratory receives a sample, validates, stores, sequences and completes it, and looks at its samples.
//
// Load: RATE operations begin every second, whatever the system does (lib/turns.ts). A journey is 14 operations, done
// one after another; it ends early when it can not go on (sample not created, move refused). A slow system therefore
// sees more samples created. Technicians work in sessions opened before the load begins; once in 70 operations a shift
// begins with a login, and whoever finds a session refused or about to expire logs in too.
import exec from 'k6/execution'
import { accountOf, prepareSession } from './lib/accounts.ts'
import type { Session } from './lib/accounts.ts'
import { textAt } from './lib/expectation.ts'
import { optionsFor, runJourneys, summaryFile } from './lib/journey.ts'
import type { Summary, SummaryFiles } from './lib/journey.ts'
import { operation } from './lib/operation.ts'
import type { Outcome } from './lib/operation.ts'
import * as ask from './lib/sample-requests.ts'
import type { Bench, NewSample } from './lib/sample-requests.ts'
import { openSessionPool } from './lib/session-pool.ts'
import type { SessionPool } from './lib/session-pool.ts'
import { readSettings } from './lib/settings.ts'

const SAMPLE_TYPES = ['DNA', 'RNA', 'Protein', 'Blood', 'Tissue', 'Saliva'] as const
const WORKFLOW = ['Validated', 'InStorage', 'InSequencing', 'Completed'] as const
const TECHNICIANS = 4
/** By operations and not by journeys, or a hanging system would be asked for little but logins. */
const OPERATIONS_PER_SHIFT = 70
const BATCH = 3

const settings = readSettings()

export const options = optionsFor(settings)

export function setup(): readonly Session[] {
  const accounts = Array.from({ length: TECHNICIANS }, (_, index) => accountOf(settings.run, `technician-${index}`))
  return accounts.map((account) => prepareSession(settings.baseUrl, account))
}

export default function (prepared: readonly Session[]): Promise<void> {
  const sessions = openSessionPool(settings.baseUrl, prepared)
  let shifts = 1
  return runJourneys(settings, (index, turnsGiven) => {
    const isNew = turnsGiven >= shifts * OPERATIONS_PER_SHIFT
    if (isNew) shifts += 1
    return work(sessions, index, isNew)
  })
}

export function handleSummary(data: Summary): SummaryFiles {
  return summaryFile(settings, data)
}

/** One journey in the session of its technician. The old session serves the others until the new one is there. */
async function work(sessions: SessionPool, index: number, newShift: boolean): Promise<void> {
  const known = newShift ? undefined : sessions.current(index)
  const session = known ?? (await sessions.renew(index))
  if (session === undefined) return
  const key = `${settings.run}-${exec.vu.idInTest}-${index}`
  const last = await journey(ask.benchOf(settings.baseUrl, session.token), key)
  if (last.status === 401) sessions.discard(index)
}

/** Returns its last outcome. */
async function journey(bench: Bench, key: string): Promise<Outcome> {
  const sample = sampleOf(key)
  const created = await operation(ask.create(bench, sample))
  if (!created.good) return created
  const id = textAt(created.body, 'data.id')
  const same = { 'data.barcode': sample.barcode, 'data.name': sample.name }
  await operation(ask.byId(bench, id, { 'data.status': 'Pending', ...same }))
  await operation(ask.createDuplicate(bench, sample))
  await operation(ask.validate(bench, id))
  await operation(ask.moveIllegally(bench, id, 'Completed'))
  for (const status of WORKFLOW) {
    const moved = await operation(ask.move(bench, id, status))
    if (!moved.good) return moved
  }
  await operation(ask.byId(bench, id, { 'data.status': 'Completed', ...same }))
  await operation(ask.byBarcode(bench, sample.barcode, id))
  await operation(ask.list(bench))
  const batch = Array.from({ length: BATCH }, (_, index) => sampleOf(`${key}-batch-${index}`))
  return operation(ask.createBatch(bench, batch))
}

function sampleOf(key: string): NewSample {
  const letters = [...key].reduce((sum, letter) => sum + letter.charCodeAt(0), 0)
  const type = SAMPLE_TYPES[letters % SAMPLE_TYPES.length] ?? 'DNA'
  return { barcode: key.toUpperCase(), name: `sample ${key}`, sample_type: type }
}
