// Journey: a weighted day of the laboratory through the gateway: much is looked at, some samples come, and now and then
// one of everything else.
//
// Load: RATE operations begin every second, whatever the system does (lib/turns.ts), as visits of one to five
// operations. A hundred visits are 421 operations:
//   44 look for samples (5 operations each), 13 bring one (4), 2 bring several at once (1)           274
//   10 go round the storage rooms: a reading, and what room is left (4)                               40
//   6 publish a note and read the news (3)                                                            18
//   5 plan a sequencing job (4), 4 prepare a library (5)                                              40
//   6 ask the documents (1), 2 bring one (3)                                                          12
//   3 keep a spreadsheet (3), 2 order a report (3)                                                    15
//   2 submit a sample as a saga, which asks three other services (4)                                   8
//   1 goes round all services (14)                                                                    14
// So almost four of five operations read, and most of the others write a single small row. Visits are spread evenly
// over the day (lib/mix.ts); a visit ends early when it can not go on, so a slow system sees more first steps. Who
// works, and when somebody logs in, is said in lib/shifts.ts.
import type { Session } from './lib/accounts.ts'
import { optionsFor, summaryFile } from './lib/journey.ts'
import type { Summary, SummaryFiles } from './lib/journey.ts'
import { prepareSources } from './lib/library-sources.ts'
import { mixOf } from './lib/mix.ts'
import { readSettings } from './lib/settings.ts'
import { deskOf, prepareTechnicians, runShifts } from './lib/shifts.ts'
import { prepareRooms } from './lib/storage-rooms.ts'
import * as visit from './lib/visits.ts'
import type { Laboratory, Visit } from './lib/visits.ts'

const visitAt = mixOf<Visit>([
  { share: 44, of: visit.lookAround },
  { share: 13, of: visit.receive },
  { share: 2, of: visit.receiveSeveral },
  { share: 10, of: visit.goRound },
  { share: 6, of: visit.readNews },
  { share: 5, of: visit.planSequencing },
  { share: 4, of: visit.prepareLibrary },
  { share: 6, of: visit.ask },
  { share: 2, of: visit.bringDocument },
  { share: 3, of: visit.keepSpreadsheet },
  { share: 2, of: visit.order },
  { share: 2, of: visit.submit },
  { share: 1, of: visit.tour },
])

const settings = readSettings()

export const options = optionsFor(settings)

interface Prepared {
  readonly sessions: readonly Session[]
  readonly laboratory: Laboratory
}

export function setup(): Prepared {
  const sessions = prepareTechnicians(settings)
  const desk = deskOf(settings, sessions)
  const laboratory = { sources: prepareSources(desk, settings.run), rooms: prepareRooms(desk, settings.run) }
  return { sessions, laboratory }
}

export default function ({ sessions, laboratory }: Prepared): Promise<void> {
  return runShifts(settings, sessions, (task) => visitAt(task.index)(task, laboratory))
}

export function handleSummary(data: Summary): SummaryFiles {
  return summaryFile(settings, data)
}
