// Fills a room of the storage with samples. with:
//   share   of its places (0.96 when left out, which the storage calls critical)
//   places  how many the room has; 100 when left out
//   zone    ultra_low_freezer, freezer (when left out), refrigerated, room_temperature or incubator
// At the end all samples are taken out. When it dies, they stay in a room that nobody else uses.
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { disturb } from './lib/disturb.ts'
import { granted, send, tokenOf } from './lib/gateway.ts'
import { leaveRoom, make, makeRoom, post, ZONE_NAMES } from './lib/room.ts'
import type { Room } from './lib/room.ts'
import { optionsOf, share } from './lib/told.ts'

const SIDE = 10
const asked = optionsOf(
  z.strictObject({
    share: share.default(0.96),
    places: z.number().int().multipleOf(SIDE).min(SIDE).max(500).default(100),
    zone: z.enum(ZONE_NAMES).default('freezer'),
  }),
)

let token: string | undefined
let room: Room | undefined
const inside: string[] = []

interface Grid {
  readonly positions: readonly { readonly container_id: string }[]
}

/** Freezer, rack and box, as deep as the storage wants them; the ids of the places in the box. */
async function furnish({ id }: Room): Promise<readonly string[]> {
  const containers = '/api/storage/containers'
  const freezer = await make(token, containers, { name: 'freezer', container_type: 'freezer', location_id: id, capacity: asked.places })
  const rack = await make(token, containers, { name: 'rack', container_type: 'rack', parent_container_id: freezer, capacity: asked.places })
  const dimensions = { rows: asked.places / SIDE, columns: SIDE }
  const box = await make(token, containers, { name: 'box', container_type: 'box', parent_container_id: rack, barcode: `DISTURBED-${randomUUID()}`, dimensions, create_positions: true })
  const { positions } = await granted<Grid>({ method: 'GET', path: `${containers}/${box}/grid`, token })
  return positions.map((position) => position.container_id)
}

async function put(place: string): Promise<void> {
  const sample = randomUUID()
  await post(token, '/api/storage/samples/assign', { sample_id: sample, container_id: place, storage_conditions: {} })
  inside.push(sample)
}

async function takeOut(sample: string): Promise<boolean> {
  const body = JSON.stringify({ reason: 'the disturbance is over' })
  return (await send({ method: 'POST', path: `/api/storage/samples/${sample}/retrieve`, body, token })).status < 300
}

interface Capacity {
  readonly current_capacity: number
  readonly status: string
}

await disturb({
  begin: async (signal) => {
    token = await tokenOf('user')
    room = await makeRoom(token, asked.zone, asked.places)
    for (const place of (await furnish(room)).slice(0, Math.ceil(asked.share * asked.places))) if (!signal.aborted) await put(place)
  },
  look: async () => {
    const { current_capacity: count, status } = await granted<Capacity>({ method: 'GET', path: `/api/storage/locations/${room?.id}/capacity`, token })
    return { bites: `${count} of ${asked.places} places of ${room?.name} are taken; the storage calls it ${status}`, holds: count >= asked.share * asked.places }
  },
  end: async () => {
    const out = await Promise.all(inside.map(takeOut))
    const count = out.filter(Boolean).length
    if (count < inside.length) throw new Error(`${inside.length - count} of ${inside.length} samples could not be taken out`)
    return `${count} samples are taken out${room === undefined ? '' : `, and the room is ${await leaveRoom(token, room)}`}`
  },
})
