// Journey: somebody asks for reports (of rows sent along, of what another service knows, as a table), looks until each is
// made, reads it, exports it, and finds it among the recent ones.
//
// Load: RATE operations begin every second, whatever the system does (lib/turns.ts). A journey is 10 operations and the
// looks at three reports in the making, half a second apart: about 14 in all in a healthy system. It ends early when a
// report is not taken down, or is not made after half a minute of looking. Who works, and when somebody logs in, is
// said in lib/shifts.ts.
import type { Session } from './lib/accounts.ts'
import type { Desk } from './lib/desk.ts'
import { textAt } from './lib/expectation.ts'
import { optionsFor, summaryFile } from './lib/journey.ts'
import type { Summary, SummaryFiles } from './lib/journey.ts'
import { lookUntil, pauseOf } from './lib/look-until.ts'
import { operation } from './lib/operation.ts'
import * as ask from './lib/report-requests.ts'
import { readSettings } from './lib/settings.ts'
import { demand, prepareTechnicians, runShifts } from './lib/shifts.ts'
import type { Task } from './lib/shifts.ts'
import { newUuid } from './lib/uuid.ts'

const LOOKS = 60
const PAUSE_MS = 500

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

async function journey({ desk, key, index }: Task): Promise<void> {
  await operation(ask.definitions(desk))
  const own = await made(desk, ask.ownRows(`own ${key}`, 'json'))
  await operation(ask.content(desk, own, ask.OWN_SUMMARY))
  const table = await made(desk, ask.ownRows(`table ${key}`, 'csv'))
  await operation(ask.exported(desk, table))
  await operation(ask.recent(desk, table))
  const wish = ask.ofAnother(`of another ${key}`, index)
  const another = await made(desk, wish)
  await operation(ask.content(desk, another, { report_type: wish.report_type, title: wish.title }))
  await operation(ask.unknown(desk, newUuid()))
  await operation(ask.generateTooMuch(desk, `too much ${key}`))
}

/** The id of a report once it is made. */
async function made(desk: Desk, wish: ask.Wish): Promise<string> {
  const id = textAt((await demand(ask.generate(desk, wish))).body, 'id')
  const look = () => operation(ask.look(desk, id, 'later'))
  const last = await lookUntil({ look, happened: ask.isMade, pause: pauseOf(PAUSE_MS), looks: LOOKS })
  if (!ask.isMade(last.body)) await demand(ask.look(desk, id, 'now'))
  return id
}
