// A sensor in the storage whose readings move away from what its room is meant to have. with:
//   zone   ultra_low_freezer, freezer (when left out), refrigerated, room_temperature or incubator
//   by     how many degrees it ends up too warm; negative is too cold; 15 when left out
//   steps  how many readings it takes to get there; 4 when left out
//   every  ms of real time between two readings; 500 when left out
// At the end it reads what it should, and its room is removed. When it dies, its last reading stays until somebody looks.
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { disturb } from './lib/disturb.ts'
import { granted, tokenOf } from './lib/gateway.ts'
import { leaveRoom, make, makeRoom, post, ZONE_NAMES, ZONES } from './lib/room.ts'
import type { Room } from './lib/room.ts'
import { optionsOf, ownName } from './lib/told.ts'

const asked = optionsOf(
  z.strictObject({
    zone: z.enum(ZONE_NAMES).default('freezer'),
    by: z.number().default(15),
    steps: z.number().int().min(1).default(4),
    every: z.number().int().min(50).default(500),
  }),
)
const target = ZONES[asked.zone]
const sensor = `disturbed-${ownName()}`

let token: string | undefined
let room: Room | undefined
let readings = 0
let due = 0

/** What the sensor says next, and what the storage makes of it. */
async function read(celsius: number): Promise<void> {
  await post(token, `/api/iot/sensors/${sensor}/readings`, { value: celsius, unit: 'C' })
  readings += 1
  due = Date.now() + asked.every
}

function drifted(): number {
  return target + asked.by * Math.min(1, readings / asked.steps)
}

interface Place {
  readonly temperature_celsius: number
  readonly temperature_state: string
}

await disturb({
  begin: async (signal) => {
    token = await tokenOf('user')
    room = await makeRoom(token, asked.zone, 100)
    await make(token, '/api/iot/sensors', { sensor_id: sensor, sensor_type: 'temperature', location_id: room.id })
    while (readings <= asked.steps && !signal.aborted) {
      await read(drifted())
      await sleep(asked.every)
    }
  },
  look: async () => {
    if (Date.now() >= due) await read(drifted())
    const { temperature_celsius: celsius, temperature_state: state } = await granted<Place>({ method: 'GET', path: `/api/storage/locations/${room?.id}`, token })
    return { bites: `${room?.name} is at ${celsius} degrees and meant to be at ${target}; the storage calls it ${state}`, holds: state !== 'normal' }
  },
  end: async () => {
    if (room === undefined) return 'there was no room yet'
    await read(target)
    return `${room.name} is back at ${target} degrees, and ${await leaveRoom(token, room)}`
  },
})
