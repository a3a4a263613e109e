// Journey: a laboratory receives a sample, validates it, stores it, sequences it and completes it, and looks at its samples in between.
//
// Load: RATE operations begin every second, whatever the system does (lib/turns.ts). A journey is 14 operations, done
// one after another; it ends early when it can not go on (sample not created, move refused). Technicians work in
// sessions opened before the load begins; every fifth journey is a new shift and logs in, as does one whose session
// is about to expire or was refused.
import exec from 'k6/execution'
import { accountOf, logIn, prepareSession } from './lib/accounts.ts'
import type { Session } from './lib/accounts.ts'
import { textAt } from './lib/expectation.ts'
import { optionsFor, runJourneys, summaryFile } from './lib/journey.ts'
import type { Summary } from './lib/journey.ts'
import { operation } from './lib/operation.ts'
import type { Outcome } from './lib/operation.ts'
import { SAMPLE_TYPES, sampleRequests } from './lib/sample-requests.ts'
import type { NewSample, SampleRequests } from './lib/sample-requests.ts'
import { readSettings } from './lib/settings.ts'

const TECHNICIANS = 4
const JOURNEYS_PER_SHIFT = 5
const BATCH = 3
/** A session is renewed when it has less than this left. */
const RENEW_BEFORE_MS = 120_000

const settings = readSettings()

export const options = optionsFor(settings)

export function setup(): readonly Session[] {
  return Array.from({ length: TECHNICIANS }, (_, index) => prepareSession(settings.baseUrl, accountOf(settings.run, `technician-${index}`)))
}

export default function (prepared: readonly Session[]): Promise<void> {
  const sessions = [...prepared]
  return runJourneys(settings, (index) => shift(sessions, index))
}

export function handleSummary(data: Summary): Readonly<Record<string, string>> {
  return summaryFile(settings, data)
}

/** One journey with the session of its technician, which all journeys of this technician share. */
async function shift(sessions: Session[], index: number): Promise<void> {
  const technician = index % sessions.length
  let session = sessions[technician]
  if (session === undefined) throw new Error('setup() opened no session')
  if (index % JOURNEYS_PER_SHIFT === 0 || session.expiresAt - Date.now() < RENEW_BEFORE_MS) {
    const renewed = await logIn(settings.baseUrl, session.account)
    if (renewed === undefined) return
    session = sessions[technician] = renewed
  }
  const last = await journey(sampleRequests(settings.baseUrl, session.token), `${settings.run}-${exec.vu.idInTest}-${index}`)
  // A refused session is not used again: the next journey of this technician logs in.
  if (last.status === 401) sessions[technician] = { ...session, expiresAt: 0 }
}

/** Returns its last outcome. */
async function journey(requests: SampleRequests, key: string): Promise<Outcome> {
  const sample = sampleOf(key)
  const created = await operation(requests.create(sample))
  if (!created.good) return created
  const id = textAt(created.body, 'data.id')
  await operation(requests.byId(id, { 'data.status': 'Pending', 'data.barcode': sample.barcode, 'data.name': sample.name }))
  await operation(requests.createDuplicate(sample))
  await operation(requests.validate(id))
  await operation(requests.moveIllegally(id, 'Completed'))
  for (const status of ['Validated', 'InStorage', 'InSequencing', 'Completed']) {
    const moved = await operation(requests.move(id, status))
    if (!moved.good) return moved
  }
  await operation(requests.byId(id, { 'data.status': 'Completed', 'data.barcode': sample.barcode }))
  await operation(requests.byBarcode(sample.barcode, id))
  await operation(requests.list())
  return operation(requests.createBatch(Array.from({ length: BATCH }, (_, index) => sampleOf(`${key}-batch-${index}`))))
}

function sampleOf(key: string): NewSample {
  const type = SAMPLE_TYPES[[...key].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % SAMPLE_TYPES.length] ?? 'DNA'
  return { barcode: key.toUpperCase(), name: `sample ${key}`, sample_type: type }
}
