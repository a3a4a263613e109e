// Journey: a laboratory publishes what happens, and whoever has subscribed to alarms is told of them, each once.
//
// Load: RATE operations begin every second, whatever the system does (lib/turns.ts). A journey is 11 operations or a
// few more: a subscription, a note that is published twice, a batch of readings, a batch that is refused as a whole, an
// event that is refused, the figures, and an alarm that is looked for in the inbox every half second until it is there.
// It ends early when the note is not taken. So 6 events are published for every 11 operations, beside those that the
// services publish themselves. Who works, and when somebody logs in, is said in lib/shifts.ts.
import type { Session } from './lib/accounts.ts'
import type { Desk } from './lib/desk.ts'
import * as ask from './lib/event-requests.ts'
import type { NewEvent } from './lib/event-requests.ts'
import { optionsFor, summaryFile } from './lib/journey.ts'
import type { Summary, SummaryFiles } from './lib/journey.ts'
import { lookUntil, pauseOf } from './lib/look-until.ts'
import { bringAgain, isIn, lookAtInbox, received, subscribeInbox } from './lib/notification-requests.ts'
import { operation } from './lib/operation.ts'
import { prepare } from './lib/preparation.ts'
import { readSettings } from './lib/settings.ts'
import { demand, deskOf, prepareTechnicians, runShifts } from './lib/shifts.ts'
import type { Task } from './lib/shifts.ts'
import { newUuid } from './lib/uuid.ts'

/** There is an end of subscriptions, so all runs have the same few. */
const READERS = 4
const BATCH = 3
/** An alarm that takes longer is too late. */
const ARRIVING = { looks: 20, pause: pauseOf(500) }

const settings = readSettings()

export const options = optionsFor(settings)

export function setup(): readonly Session[] {
  const sessions = prepareTechnicians(settings)
  prepare(subscribeInbox(deskOf(settings, sessions), ask.ALARM))
  return sessions
}

export default function (prepared: readonly Session[]): Promise<void> {
  return runShifts(settings, prepared, journey)
}

export function handleSummary(data: Summary): SummaryFiles {
  return summaryFile(settings, data)
}

async function journey({ desk, key, index }: Task): Promise<void> {
  const note = eventOf(ask.NOTE, key)
  await demand(ask.publish(desk, note))
  await operation(ask.publishAgain(desk, note))
  await operation(ask.subscribe(desk, `readiness-reader-${index % READERS}`))
  await operation(ask.publishTogether(desk, readingsOf(key)))
  await operation(ask.publishTogetherInvalid(desk, readingsOf(key)))
  await operation(ask.publishInvalid(desk, eventOf(ask.NOTE, key)))
  await operation(ask.stats(desk))
  await raiseAlarm(desk, key)
}

/** Published here, and seen where its subscriber looks. */
async function raiseAlarm(desk: Desk, key: string): Promise<void> {
  const alarm = { ...eventOf(ask.ALARM, key), priority: 5 }
  await demand(ask.publish(desk, alarm))
  const look = () => operation(lookAtInbox(desk))
  await lookUntil({ look, happened: (body) => isIn(body, alarm.id), ...ARRIVING })
  await demand(received(desk, alarm.id))
  await operation(bringAgain(desk, alarm))
}

function readingsOf(key: string): readonly NewEvent[] {
  return Array.from({ length: BATCH }, () => eventOf(ask.READING, key))
}

function eventOf(type: string, subject: string): NewEvent {
  return { id: newUuid(), type, subject }
}
