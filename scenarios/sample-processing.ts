// Journey: a laboratory receives a sample, validates, stores, sequences and completes it, and looks at its samples.
//
// Load: RATE operations begin every second, whatever the system does (lib/turns.ts). A journey is 17 operations, done
// one after another; it ends early when it can not go on (sample not created, move refused). A slow system therefore
// sees more samples created. Of a batch nobody wants anything but that it is entered: it is withdrawn, or the samples that
// wait would become more and more. Who works, and when somebody logs in, is said in lib/shifts.ts.
import type { Session } from './lib/accounts.ts'
import { createBatch } from './lib/batch-requests.ts'
import { textAt } from './lib/expectation.ts'
import { optionsFor, summaryFile } from './lib/journey.ts'
import type { Summary, SummaryFiles } from './lib/journey.ts'
import { operation } from './lib/operation.ts'
import * as ask from './lib/sample-requests.ts'
import { readSettings } from './lib/settings.ts'
import { demand, prepareTechnicians, runShifts } from './lib/shifts.ts'
import type { Task } from './lib/shifts.ts'

const WORKFLOW = ['Validated', 'InStorage', 'InSequencing', 'Completed'] as const
const BATCH = 3

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
  const sample = ask.sampleOf(key)
  const id = textAt((await demand(ask.create(desk, sample))).body, 'data.id')
  const same = { 'data.barcode': sample.barcode, 'data.name': sample.name }
  await operation(ask.byId(desk, id, { 'data.status': 'Pending', ...same }))
  await operation(ask.createDuplicate(desk, sample))
  await operation(ask.validate(desk, id))
  await operation(ask.moveIllegally(desk, id, 'Completed'))
  for (const status of WORKFLOW) await demand(ask.move(desk, id, status))
  await operation(ask.byId(desk, id, { 'data.status': 'Completed', ...same }))
  await operation(ask.byBarcode(desk, sample, { 'data.id': id }))
  await operation(ask.list(desk))
  const batch = Array.from({ length: BATCH }, (_, index) => ask.sampleOf(`${key}-batch-${index}`))
  const { body } = await demand(createBatch(desk, batch))
  for (const index of batch.keys()) await operation(ask.withdraw(desk, textAt(body, `data.created_samples.${index}.id`)))
}
