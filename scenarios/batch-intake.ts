// Journey: deliveries arrive with their lists. What is on a list twice, came before, or makes no sense is told apart from
// what is new; two technicians enter the same list at the same time; and one list is longer than is allowed.
//
// Load: RATE operations begin every second, whatever the system does (lib/turns.ts). A journey is 10 operations that
// bring 12 new samples in, one operation after another but for the list that is entered twice; it ends early when a list
// of new samples is not taken. Who works, and when somebody logs in, is said in lib/shifts.ts.
import type { Session } from './lib/accounts.ts'
import * as batch from './lib/batch-requests.ts'
import type { Desk } from './lib/desk.ts'
import { listAt, textAt } from './lib/expectation.ts'
import { optionsFor, summaryFile } from './lib/journey.ts'
import type { Summary, SummaryFiles } from './lib/journey.ts'
import { operation } from './lib/operation.ts'
import * as ask from './lib/sample-requests.ts'
import type { NewSample } from './lib/sample-requests.ts'
import { readSettings } from './lib/settings.ts'
import { demand, demandTogether, prepareTechnicians, runShifts } from './lib/shifts.ts'
import type { Task } from './lib/shifts.ts'

const DELIVERY = 6
const NEW_ON_MIXED_LIST = 2
const CONTESTED = 4

const settings = readSettings()

export const options = optionsFor(settings)

export function setup(): readonly Session[] {
  return prepareTechnicians(settings)
}

export default function (prepared: readonly Session[]): Promise<void> {
  return runShifts(settings, prepared, journey)
}

export function handleSummary(data: Summary): SummaryFiles {
  return summaryFile(settings, data)
}

async function journey({ desk, key }: Task): Promise<void> {
  const delivered = samplesOf(`${key}-list`, DELIVERY)
  const created = await demand(batch.createBatch(desk, delivered))
  const ids = listAt(created.body, 'data.created_samples').map((sample) => textAt(sample, 'id'))
  await operation(batch.validateBatch(desk, ids))
  await mixedList(desk, key, delivered)
  await operation(batch.sendList(desk, 'sample.batch-again', batch.entriesOf(delivered, 'refused')))
  const same = batch.entriesOf(samplesOf(`${key}-both`, CONTESTED), 'contested')
  await demandTogether([1, 2].map(() => batch.sendList(desk, 'sample.batch-contested', same)))
  await operation(ask.search(desk, `${key}-`, DELIVERY + NEW_ON_MIXED_LIST + CONTESTED))
  await looks(desk, delivered)
  await operation(batch.createTooMany(desk, (index) => ask.sampleOf(`${key}-many-${index}`)))
}

/** Two samples are new; one of them is on the list once more, one came with the delivery, one is of no known type. */
async function mixedList(desk: Desk, key: string, [known]: readonly NewSample[]): Promise<void> {
  const fresh = samplesOf(`${key}-mixed`, NEW_ON_MIXED_LIST)
  const odd = { ...ask.sampleOf(`${key}-odd`), sample_type: 'Antimatter' }
  const repeated = [...fresh.slice(0, 1), ...(known === undefined ? [] : [known]), odd]
  const entries = [...batch.entriesOf(fresh, 'new'), ...batch.entriesOf(repeated, 'refused')]
  await demand(batch.sendList(desk, 'sample.batch-mixed', entries))
}

async function looks(desk: Desk, [sample]: readonly NewSample[]): Promise<void> {
  if (sample === undefined) return
  await operation(ask.listOfType(desk, sample))
  await operation(ask.byBarcode(desk, sample, { 'data.name': sample.name, 'data.status': 'Pending' }))
}

function samplesOf(key: string, count: number): readonly NewSample[] {
  return Array.from({ length: count }, (_, index) => ask.sampleOf(`${key}-${index}`))
}
