// The storage service's contract: locations, and how full they are.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { statuses } from '../testing/client.ts'
import { startStorageSystem, type StorageSystem } from './testing/storage-system.ts'

let system: StorageSystem

beforeAll(async () => {
  system = await startStorageSystem('127.62.11')
}, 90_000)

afterAll(() => system.stop())

it('POST /storage/locations -> 201: with the target of its zone, in either spelling', async () => {
  const wish = {
    name: 'Freezer X',
    location_type: 'freezer',
    temperature_zone: '-80C',
    max_capacity: 10,
    metadata: { a: 1 },
  }
  const { status, body, data } = await system.ask('POST /storage/locations', wish)
  const location = {
    ...wish,
    temperature_zone: 'ultra_low_freezer',
    current_capacity: 0,
    target_temperature_celsius: -80,
  }
  expect([status, body]).toMatchObject([201, { success: true, message: null, timestamp: expect.any(String) as string }])
  expect(data).toMatchObject({ ...location, status: 'active', temperature_celsius: null })
})

it('POST /storage/locations -> 409: a name that is taken', async () => {
  const { name } = await system.furnish()
  const wish = { name, location_type: 'x', temperature_zone: 'freezer', max_capacity: 1 }
  expect((await system.ask('POST /storage/locations', wish)).status).toBe(409)
})

it('GET /storage/locations -> 200: those of a zone', async () => {
  const { location } = await system.furnish({ zone: 'incubator' })
  const { status, data } = await system.ask('GET /storage/locations?temperature_zone=37C')
  expect([status, data]).toMatchObject([200, [{ id: location, temperature_zone: 'incubator' }]])
})

it('GET /storage/locations/:id -> 200: as it was made', async () => {
  const { location, name } = await system.furnish()
  const { status, data } = await system.ask(`GET /storage/locations/${location}`)
  expect([status, data]).toMatchObject([200, { id: location, name, max_capacity: 100, status: 'active' }])
})

it('PUT /storage/locations/:id -> 200: given fields change, the others stay', async () => {
  const { location, name } = await system.furnish()
  const change = { description: 'd', target_temperature_celsius: -75, status: 'maintenance' }
  const { status, data } = await system.ask(`PUT /storage/locations/${location}`, change)
  expect([status, data]).toMatchObject([200, { ...change, name, max_capacity: 100 }])
  expect((await system.ask(`GET /storage/locations/${location}`)).data).toMatchObject({ ...change, name })
})

it('PUT /storage/locations/:id -> 400: not below its positions, not another zone, not nothing', async () => {
  const { location } = await system.furnish()
  for (const change of [{ max_capacity: 3 }, { temperature_zone: 'freezer' }, {}]) {
    expect((await system.ask(`PUT /storage/locations/${location}`, change)).status).toBe(400)
  }
  expect((await system.ask(`PUT /storage/locations/${location}`, { max_capacity: 4 })).status).toBe(200)
})

it('DELETE /storage/locations/:id -> 200: once', async () => {
  const wish = { name: 'empty', location_type: 'x', temperature_zone: 'freezer', max_capacity: 1 }
  const empty = await system.made('/storage/locations', wish)
  const answers = await Promise.all([1, 2, 3].map(() => system.ask(`DELETE /storage/locations/${empty}`)))
  expect(statuses(answers)).toEqual([200, 404, 404])
})

it('DELETE /storage/locations/:id -> 400: not with containers in it', async () => {
  const { location } = await system.furnish()
  expect((await system.ask(`DELETE /storage/locations/${location}`)).status).toBe(400)
})

async function filled(): Promise<{ location: string; name: string }> {
  const furnished = await system.furnish({ max_capacity: 5, rows: 1, columns: 5 })
  for (const position of furnished.positions.slice(1)) await system.assign(randomUUID(), position)
  return furnished
}

const COUNTS = { utilization_percentage: 80 }

it('GET /storage/locations/:id/capacity -> 200: with its level', async () => {
  const { location } = await filled()
  const { status, data } = await system.ask(`GET /storage/locations/${location}/capacity`)
  const capacity = { location_id: location, max_capacity: 5, current_capacity: 4, available_capacity: 1 }
  expect([status, data]).toMatchObject([200, { ...capacity, ...COUNTS, status: 'warning' }])
})

it('GET /storage/capacity/summary -> 200: location by location', async () => {
  const { name } = await filled()
  const { status, data } = await system.ask('GET /storage/capacity/summary')
  const row = (data as unknown as { name: string }[]).find((one) => one.name === name)
  const capacity = { capacity: 5, occupied_count: 4, available_count: 1, capacity_status: 'warning' }
  expect([status, row]).toMatchObject([200, { ...capacity, ...COUNTS }])
})

it('GET /storage/utilization -> 200: the whole and its zones', async () => {
  await filled()
  const { status, data } = await system.ask('GET /storage/utilization')
  const zone = { by_temperature_zone: { ultra_low_freezer: { occupied_count: expect.any(Number) as number } } }
  expect([status, data]).toMatchObject([200, zone])
})
