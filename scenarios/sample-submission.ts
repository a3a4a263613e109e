// Journey: a laboratory submits samples as sagas, follows each to its end, and cancels one while it runs.
//
// Load: RATE operations begin every second, whatever the system does (lib/turns.ts). A journey is 16 or 17 operations:
// one submission that succeeds and what is seen of it; then one with a barcode that is taken, one that no storage takes
// and that must be undone, one that is cancelled in a race with its own end, one that breaks a rule; a transaction
// without steps, and two lists. It ends early when the first submission fails. The three operations of the race begin
// close to one another and wait for their turns before. Samples leave their storage positions at the end, so that the
// storage never fills. Who works, and when somebody logs in, is said in lib/shifts.ts.
import type { Session } from './lib/accounts.ts'
import type { Desk } from './lib/desk.ts'
import { textAt } from './lib/expectation.ts'
import type { Wanted } from './lib/expectation.ts'
import { optionsFor, summaryFile } from './lib/journey.ts'
import type { Summary, SummaryFiles } from './lib/journey.ts'
import { lookUntil, pauseOf } from './lib/look-until.ts'
import { operation, turnsFor } from './lib/operation.ts'
import type { Outcome } from './lib/operation.ts'
import { byId } from './lib/sample-requests.ts'
import { readSettings } from './lib/settings.ts'
import { demand, prepareTechnicians, runShifts } from './lib/shifts.ts'
import type { Task } from './lib/shifts.ts'
import * as ask from './lib/transaction-requests.ts'
import type { Submission } from './lib/transaction-requests.ts'
import { newUuid } from './lib/uuid.ts'

const ZONES = ['freezer', 'ultra_low_freezer'] as const
/** No storage of the laboratory has it. */
const NOWHERE = 'lunar_surface'
/** A saga has begun by then, and takes about three times as long. */
const RUNNING = pauseOf(40)
/** Longer than a saga may take. */
const SETTLING = { looks: 60, pause: pauseOf(5_000) }

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
  const sample = submissionOf(key, ZONES[index % 2])
  const submitted = await demand(ask.submit(desk, sample))
  const done = await settle(desk, submitted, { status: 'Completed', progress: 100, compensation_executed: false })
  const saga = { '0.saga_id': textAt(submitted.body, 'saga_id'), '0.status': 'Completed' }
  await operation(ask.find(desk, sample.correlation, saga))
  const id = textAt(done.body, 'context.sample_id')
  const stored = { 'data.status': 'Validated', 'data.barcode': sample.barcode }
  await operation(byId(desk, id, stored))
  await operation(ask.submitTaken(desk, { ...submissionOf(key), barcode: sample.barcode }))
  const homeless = await operation(ask.submitHomeless(desk, submissionOf(`${key}-homeless`, NOWHERE)))
  if (homeless.good) await settle(desk, homeless, { status: 'Compensated', failed_step: 'assign_storage' })
  await submitInVain(desk, submissionOf(`${key}-in-vain`))
  await operation(ask.submitInvalid(desk, submissionOf(`${key}-invalid`)))
  await operation(ask.record(desk, newUuid()))
  await operation(ask.listDone(desk))
  await operation(ask.templates(desk))
  await operation(ask.leaveStorage(desk, id))
}

/** Cancels a submission while it runs, or too late; it has to end as the answer to that says. */
async function submitInVain(desk: Desk, submission: Submission): Promise<void> {
  const spend = await turnsFor(3)
  const answered = spend(ask.submitInVain(desk, submission))
  await RUNNING()
  const id = textAt((await spend(ask.find(desk, submission.correlation))).body, '0.saga_id')
  const cancelled = id === '' ? undefined : await spend(ask.cancel(desk, id))
  const submitted = await answered
  if (!submitted.good) return
  const status = cancelled?.type === 'acknowledged' ? ask.anEndInVain : ask.anEnd
  const { body } = await settle(desk, submitted, { status })
  if (textAt(body, 'status') === 'Completed') await operation(ask.leaveStorage(desk, textAt(body, 'context.sample_id')))
}

/** Follows a saga to its end, which must be as wanted. */
async function settle(desk: Desk, { body }: Outcome, wanted: Wanted): Promise<Outcome> {
  const id = textAt(body, 'saga_id')
  const happened = (seen: unknown) => ask.anEnd(textAt(seen, 'status'))
  if (!happened(body)) await lookUntil({ look: () => operation(ask.look(desk, id)), happened, ...SETTLING })
  return operation(ask.settled(desk, id, wanted))
}

function submissionOf(key: string, zone: string = ZONES[0]): Submission {
  return { correlation: newUuid(), barcode: key.toUpperCase(), zone }
}
