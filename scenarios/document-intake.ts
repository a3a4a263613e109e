// Journey: documents come into the laboratory, are read by the model, and are asked about.
//
// Load: RATE operations begin every second, whatever the system does (lib/turns.ts). A journey is 9 operations when the
// model reads at once: a form and a letter are brought, what was found in them is seen, then a file that is no text, a
// list, an unknown document, and two questions of one conversation. A document that has to wait is looked at every two
// seconds, and so costs more operations; that it is read in the end is demanded then. The journey ends early when the
// form is not taken. Who works, and when somebody logs in, is said in lib/shifts.ts.
import type { Session } from './lib/accounts.ts'
import type { Desk } from './lib/desk.ts'
import { textAt } from './lib/expectation.ts'
import { optionsFor, summaryFile } from './lib/journey.ts'
import type { Summary, SummaryFiles } from './lib/journey.ts'
import { lookUntil, pauseOf } from './lib/look-until.ts'
import { operation } from './lib/operation.ts'
import type { Outcome } from './lib/operation.ts'
import * as ask from './lib/rag-requests.ts'
import type { Document } from './lib/rag-requests.ts'
import { readSettings } from './lib/settings.ts'
import { demand, prepareTechnicians, runShifts } from './lib/shifts.ts'
import type { Task } from './lib/shifts.ts'
import { newUuid } from './lib/uuid.ts'

/** A model that is away for longer is the laboratory's problem, and the journey's end. */
const READING = { looks: 60, pause: pauseOf(2_000) }

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
  const form = ask.formOf(key, ask.newSampleId())
  await read(desk, form, await demand(ask.upload(desk, form)))
  await operation(ask.askAbout(desk, key, form))
  const letter = ask.letterOf(key, ask.newSampleId())
  const taken = await operation(ask.upload(desk, letter))
  if (taken.good) await read(desk, letter, taken)
  await operation(ask.uploadUnreadable(desk, `${key}-picture.txt`))
  await operation(ask.list(desk))
  await operation(ask.lookUnknown(desk, newUuid()))
  await operation(ask.askGuidelines(desk, key))
}

/** Waits until the model has read a document, and sees what it found. */
async function read(desk: Desk, document: Document, { body }: Outcome): Promise<void> {
  const id = textAt(body, 'submission_id')
  const look = () => operation(ask.look(desk, id))
  if (!ask.isRead(body)) await lookUntil({ look, happened: ask.isRead, ...READING })
  await demand(ask.extraction(desk, id, document))
}
