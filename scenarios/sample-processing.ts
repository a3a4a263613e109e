// Journey: a laboratory receives a sample, validates, stores, sequences and completes it, and looks at its samples.
//
// Load: RATE operations begin every second, whatever the system does (lib/turns.ts). A journey is 14 operations, done
// one after another; it ends early when it can not go on (sample not created, move refused). A slow system therefore
// sees more samples created. Who works, and when somebody logs in, is said in lib/shifts.ts.
import type { Session } from './lib/accounts.ts'
import { textAt } from './lib/expectation.ts'
import { optionsFor, summaryFile } from './lib/journey.ts'
import type { Summary, SummaryFiles } from './lib/journey.ts'
import { operation } from './lib/operation.ts'
import * as ask from './lib/sample-requests.ts'
import type { NewSample } from './lib/sample-requests.ts'
import { readSettings } from './lib/settings.ts'
import { demand, prepareTechnicians, runShifts } from './lib/shifts.ts'
import type { Task } from './lib/shifts.ts'

const SAMPLE_TYPES = ['DNA', 'RNA', 'Protein', 'Blood', 'Tissue', 'Saliva'] as const
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

async function journey({ token, key }: Task): Promise<void> {
  const bench = ask.benchOf(settings.baseUrl, token)
  const sample = sampleOf(key)
  const id = textAt((await demand(ask.create(bench, sample))).body, 'data.id')
  const same = { 'data.barcode': sample.barcode, 'data.name': sample.name }
  await operation(ask.byId(bench, id, { 'data.status': 'Pending', ...same }))
  await operation(ask.createDuplicate(bench, sample))
  await operation(ask.validate(bench, id))
  await operation(ask.moveIllegally(bench, id, 'Completed'))
  for (const status of WORKFLOW) await demand(ask.move(bench, id, status))
  await operation(ask.byId(bench, id, { 'data.status': 'Completed', ...same }))
  await operation(ask.byBarcode(bench, sample.barcode, id))
  await operation(ask.list(bench))
  await operation(ask.createBatch(bench, Array.from({ length: BATCH }, (_, index) => sampleOf(`${key}-batch-${index}`))))
}

function sampleOf(key: string): NewSample {
  const letters = [...key].reduce((sum, letter) => sum + letter.charCodeAt(0), 0)
  const type = SAMPLE_TYPES[letters % SAMPLE_TYPES.length] ?? 'DNA'
  return { barcode: key.toUpperCase(), name: `sample ${key}`, sample_type: type }
}
