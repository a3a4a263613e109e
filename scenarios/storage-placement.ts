// Journey: a sample is put into a new box, found, moved and taken out again, while others want its position; the sensor
// of the room reports, and somebody looks how full the storage is.
//
// Load: RATE operations begin every second, whatever the system does (lib/turns.ts). A journey is 19 operations, done one
// after another but for the two that want the same position at the same time; it ends early when it can not go on (sample
// not created, no box, not placed, not moved). The journeys take turns in five rooms, one for each temperature zone. Who
// works, and when somebody logs in, is said in lib/shifts.ts.
//
// What is refused must leave no row, and what wants a position is an id the load invents: the storage keeps ids only.
// Readings stay within the range of their room, for a room that is too warm is an alert of its own.
import type { Session } from './lib/accounts.ts'
import type { Desk } from './lib/desk.ts'
import { listAt, textAt } from './lib/expectation.ts'
import { optionsFor, summaryFile } from './lib/journey.ts'
import type { Summary, SummaryFiles } from './lib/journey.ts'
import { operation, together } from './lib/operation.ts'
import { create, sampleOf } from './lib/sample-requests.ts'
import * as sensor from './lib/sensor-requests.ts'
import { readSettings } from './lib/settings.ts'
import { demand, deskOf, prepareTechnicians, runShifts } from './lib/shifts.ts'
import type { Task } from './lib/shifts.ts'
import * as ask from './lib/storage-requests.ts'
import { prepareRooms } from './lib/storage-rooms.ts'
import type { Room } from './lib/storage-rooms.ts'
import { newUuid } from './lib/uuid.ts'

const [ROWS, COLUMNS] = [2, 2]

const settings = readSettings()

export const options = optionsFor(settings)

interface Prepared {
  readonly sessions: readonly Session[]
  readonly rooms: readonly Room[]
}

export function setup(): Prepared {
  const sessions = prepareTechnicians(settings)
  return { sessions, rooms: prepareRooms(deskOf(settings, sessions), settings.run) }
}

export default function ({ sessions, rooms }: Prepared): Promise<void> {
  return runShifts(settings, sessions, async (task) => {
    const room = rooms[task.index % rooms.length]
    if (room !== undefined) await journey(task, room)
  })
}

export function handleSummary(data: Summary): SummaryFiles {
  return summaryFile(settings, data)
}

async function journey({ desk, key, index }: Task, room: Room): Promise<void> {
  const sample = textAt((await demand(create(desk, sampleOf(key)))).body, 'data.id')
  const [first = '', next = '', wanted = '', last = ''] = await newBox(desk, key, room)
  await demand(ask.assign(desk, { sample, position: first }))
  await operation(ask.assignOccupied(desk, { sample: newUuid(), position: first }))
  await operation(ask.assignTwice(desk, { sample, position: last }))
  const rivals = [newUuid(), newUuid()].map((rival) => ({ sample: rival, position: wanted }))
  await together(rivals.map((rival) => ask.assignContested(desk, rival)))
  await operation(ask.whereIs(desk, { sample, position: first }, room.zone))
  await demand(ask.move(desk, { sample, position: next }))
  await operation(ask.whereExactly(desk, { sample, position: next }))
  await rounds(desk, key, room)
  await operation(ask.figures(desk, room.location, index))
  await demand(ask.retrieve(desk, { sample, position: next }))
  await operation(ask.retrieveAgain(desk, sample))
  await operation(ask.custody(desk, sample))
}

/** The ids of its positions, in their order. */
async function newBox(desk: Desk, key: string, { rack, zone }: Room): Promise<readonly string[]> {
  const wish = { barcode: `${key}-box`.toUpperCase(), rack, zone, rows: ROWS, columns: COLUMNS }
  const box = textAt((await demand(ask.createBox(desk, wish))).body, 'data.id')
  const { body } = await demand(ask.grid(desk, box, ROWS * COLUMNS))
  return listAt(body, 'data.positions').map((position) => textAt(position, 'container_id'))
}

/** What is looked at while the samples lie there. */
async function rounds(desk: Desk, key: string, room: Room): Promise<void> {
  const celsius = room.celsius + Math.round(Math.random() * 20 - 10) / 10
  await operation(sensor.read(desk, { sensor: room.sensor, celsius, key }))
  await operation(sensor.readings(desk, room.sensor))
  await operation(ask.available(desk, room.zone))
  await operation(ask.capacity(desk, room.location))
}
