// Journey: a job with its sample sheet goes through its states to a run on an instrument, which two technicians try to
// begin at the same time; the run ends, its job with it, and a copy of the job is thought better of.
//
// Load: RATE operations begin every second, whatever the system does (lib/turns.ts). A journey is 23 operations, done
// one after another but for the two that begin the run; it ends early when it can not go on (no sheet, no job, a move
// refused, no run). Who works, and when somebody logs in, is said in lib/shifts.ts.
//
// Every state a job comes into is a write of its own: a row of its history, whether the job was moved or its run.
import type { Session } from './lib/accounts.ts'
import type { Desk } from './lib/desk.ts'
import { textAt } from './lib/expectation.ts'
import { optionsFor, summaryFile } from './lib/journey.ts'
import type { Summary, SummaryFiles } from './lib/journey.ts'
import { operation } from './lib/operation.ts'
import * as ask from './lib/sequencing-requests.ts'
import { readSettings } from './lib/settings.ts'
import * as sheet from './lib/sheet-requests.ts'
import { demand, demandTogether, prepareTechnicians, runShifts } from './lib/shifts.ts'
import type { Task } from './lib/shifts.ts'

const INTO_QUEUE = ['submitted', 'validated', 'queued'] as const

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
  const sheetId = await newSheet(desk, key)
  const job = textAt((await demand(ask.createJob(desk, key, sheetId))).body, 'id')
  await operation(ask.moveIllegally(desk, job, ['draft', 'completed']))
  for (const status of INTO_QUEUE) await demand(ask.moveJob(desk, job, status))
  await operation(sheet.changeInUse(desk, sheetId))
  const run = await newRun(desk, key, job)
  if (run === undefined) return
  await demand(ask.startRun(desk, run, job))
  await operation(ask.endBesideRun(desk, job, run))
  await demand(ask.completeRun(desk, run, job))
  await operation(ask.completeAgain(desk, run))
  await operation(ask.metrics(desk, run))
  await operation(ask.job(desk, job, { status: 'completed', progress_percentage: 100, run_id: run }))
  await operation(ask.jobs(desk, 'completed'))
  await operation(ask.runs(desk, 'completed'))
  await operation(sheet.exportSheet(desk, sheetId, key))
  const copy = textAt((await demand(ask.cloneJob(desk, job, key))).body, 'id')
  await operation(ask.cancelJob(desk, copy))
  await operation(ask.job(desk, copy, { status: 'cancelled', run_id: null }))
}

async function newSheet(desk: Desk, key: string): Promise<string> {
  const id = textAt((await demand(sheet.createSheet(desk, key))).body, 'data.id')
  await operation(sheet.createTwins(desk, key))
  await operation(sheet.validateSheet(desk, id))
  return id
}

/** The run of whoever was first; undefined when both were refused. */
async function newRun(desk: Desk, key: string, job: string): Promise<string | undefined> {
  const first = await demandTogether(['a', 'b'].map((name) => ask.createRun(desk, job, `run ${key}-${name}`)))
  return first === undefined ? undefined : textAt(first.body, 'id')
}
