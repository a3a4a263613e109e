// Hostile: somebody brings far more than a laboratory ever has, as much as one request may hold and much more, while a
// technician goes on with his work.
//
// Load: RATE operations begin every second, whatever the system does (lib/turns.ts). A flooding journey is 10 operations:
// one list of 100 samples and one plate of 100 libraries, which is as much as may be; lists of 101, 300 and 1000 samples,
// plates of 101 and 300 libraries, one plate of 100 with one impossible library, 101 events, and a body of over 2 MiB,
// all of which must be refused whole. So each of its operations brings 20 rows to be stored on average, seventy times
// what one of sample-processing brings. A system that is asked so much may say that it is busy (429, or 503 with the time to come
// back), must never keep a part of what it refused, and keeps what it acknowledged. Every third journey is a technician
// who creates a sample, reads it and looks at his list, and must be served.
import type { Session } from './lib/accounts.ts'
import { textAt } from './lib/expectation.ts'
import * as flood from './lib/flood-requests.ts'
import { optionsFor, summaryFile } from './lib/journey.ts'
import type { Summary, SummaryFiles } from './lib/journey.ts'
import { operation } from './lib/operation.ts'
import * as ask from './lib/sample-requests.ts'
import { readSettings } from './lib/settings.ts'
import { demand, prepareTechnicians, runShifts } from './lib/shifts.ts'
import type { Task } from './lib/shifts.ts'

const settings = readSettings()

export const options = optionsFor(settings)

export function setup(): readonly Session[] {
  return prepareTechnicians(settings)
}

export default function (prepared: readonly Session[]): Promise<void> {
  return runShifts(settings, prepared, (task) => (task.index % 3 === 0 ? technician(task) : flooder(task)))
}

export function handleSummary(data: Summary): SummaryFiles {
  return summaryFile(settings, data)
}

async function technician({ desk, key }: Task): Promise<void> {
  const sample = ask.sampleOf(key)
  const id = textAt((await demand(ask.create(desk, sample))).body, 'data.id')
  await operation(ask.byId(desk, id, { 'data.barcode': sample.barcode }))
  await operation(ask.list(desk))
}

async function flooder({ desk, key }: Task): Promise<void> {
  const asks = [
    flood.fullList(desk, `${key}-full`),
    flood.longList(desk, `${key}-long`, flood.LIMIT + 1),
    flood.longList(desk, `${key}-longer`, 300),
    flood.fullPlate(desk, `${key}-plate`),
    flood.longPlate(desk, `${key}-long-plate`, flood.LIMIT + 1),
    flood.spoiltPlate(desk, `${key}-spoilt`),
    flood.longList(desk, `${key}-longest`, 1000),
    flood.longBatch(desk, key),
    flood.heavyList(desk, `${key}-heavy`),
    flood.longPlate(desk, `${key}-longer-plate`, 300),
  ]
  for (const one of asks) {
    const { status } = await operation(one)
    if (status === 401) return
  }
}
