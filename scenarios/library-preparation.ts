// Journey: a library is made from a sample, measured, diluted, reviewed by two who decide at the same time, and approved;
// a plate of libraries is taken as a whole, and one that is spoilt is refused as a whole.
//
// Load: RATE operations begin every second, whatever the system does (lib/turns.ts). A journey is 20 operations, done
// one after another but for the two decisions; it ends early when it can not go on (no library, not diluted, no review).
// All libraries are made from four samples by one protocol, which are there before the load begins. Who works, and when
// somebody logs in, is said in lib/shifts.ts.
import type { Session } from './lib/accounts.ts'
import type { Desk } from './lib/desk.ts'
import { textAt } from './lib/expectation.ts'
import { optionsFor, summaryFile } from './lib/journey.ts'
import type { Summary, SummaryFiles } from './lib/journey.ts'
import * as ask from './lib/library-requests.ts'
import { prepareSources, sourceOf } from './lib/library-sources.ts'
import type { Sources } from './lib/library-sources.ts'
import { operation } from './lib/operation.ts'
import * as qc from './lib/qc-requests.ts'
import type { Decision } from './lib/qc-requests.ts'
import { readSettings } from './lib/settings.ts'
import { demand, demandTogether, deskOf, prepareTechnicians, runShifts } from './lib/shifts.ts'
import type { Task } from './lib/shifts.ts'

const CONCENTRATION = { metric_type: 'concentration', value: 48, threshold_min: 10, threshold_max: 100 }
const QUALITY = { metric_type: 'quality_score', value: 0.85, threshold_min: 0.7, threshold_max: 1 }

const settings = readSettings()

export const options = optionsFor(settings)

interface Prepared {
  readonly sessions: readonly Session[]
  readonly sources: Sources
}

export function setup(): Prepared {
  const sessions = prepareTechnicians(settings)
  return { sessions, sources: prepareSources(deskOf(settings, sessions), settings.run) }
}

export default function ({ sessions, sources }: Prepared): Promise<void> {
  return runShifts(settings, sessions, async (task) => {
    const { id } = sourceOf(sources, task.index)
    await journey(task, { key: task.key, sample: id, protocol: sources.protocol })
  })
}

export function handleSummary(data: Summary): SummaryFiles {
  return summaryFile(settings, data)
}

async function journey({ desk, index }: Task, wish: ask.NewLibrary): Promise<void> {
  const library = textAt((await demand(ask.createLibrary(desk, wish))).body, 'id')
  await operation(ask.setStatus(desk, library, 'InPreparation'))
  for (const measured of [CONCENTRATION, QUALITY]) await demand(ask.measure(desk, library, measured))
  await operation(ask.library(desk, library, { status: 'InPreparation', quality_score: QUALITY.value }))
  await operation(ask.calculate(desk, library, CONCENTRATION.value))
  await demand(ask.normalize(desk, library))
  await operation(ask.normalizeTooMuch(desk, library))
  await demand(qc.recordPreparation(desk, library))
  await operation(qc.preparation(desk, library))
  await reviewed(desk, library)
  await operation(ask.setStatus(desk, library, 'Approved'))
  await operation(ask.report(desk, library, 2))
  await operation(ask.createPlate(desk, wish))
  await operation(ask.createSpoiltPlate(desk, wish))
  await operation(qc.figures(desk, index))
}

/** Two reviewers decide; whoever was first, a third is too late. */
async function reviewed(desk: Desk, library: string): Promise<void> {
  const review = textAt((await demand(qc.askForReview(desk, library))).body, 'id')
  const decisions: readonly Decision[] = ['approved', 'conditional']
  const first = await demandTogether(decisions.map((decision) => qc.decide(desk, review, decision)))
  await operation(qc.decideAgain(desk, review))
  await operation(qc.review(desk, review, first === undefined ? {} : { decision: textAt(first.body, 'decision') }))
}
