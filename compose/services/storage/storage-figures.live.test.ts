// The storage service's contract: how full it is and will be, in figures, metrics and warnings.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startStorageSystem, type StorageSystem } from './testing/storage-system.ts'

let system: StorageSystem

beforeAll(async () => {
  system = await startStorageSystem('127.62.16')
}, 90_000)

afterAll(() => system.stop())

function eventsOf(type: string, subject: string): Promise<{ payload: object }[]> {
  const sql = 'select payload from storage.outbox where event_type = $1 and subject = $2 order by id'
  return system.postgres.read(sql, [type, subject])
}

describe('capacity', () => {
  it('tells of each rise once, and shows locations and zones', async () => {
    const { location, name, positions } = await system.furnish({
      rows: 2,
      columns: 10,
      max_capacity: 20,
      zone: 'incubator',
    })
    const gauge = (what: string) => system.metric(`storage_capacity_${what}{location="${name}"}`)
    const warnings = async () => (await eventsOf('storage.capacity_warning', location)).map(({ payload }) => payload)
    await Promise.all(positions.slice(0, 16).map((position) => system.assign(randomUUID(), position)))
    await vi.waitFor(
      async () => expect(await warnings()).toMatchObject([{ level: 'warning', occupied_count: 16 }]),
      2000,
    )
    await Promise.all(positions.slice(16).map((position) => system.assign(randomUUID(), position)))
    await vi.waitFor(async () => expect(await warnings()).toMatchObject([{}, { level: 'critical', name }]), 2000)
    await vi.waitFor(async () => expect([await gauge('used'), await gauge('total')]).toEqual([20, 20]), 2000)
    const zone = '{zone="incubator",temperature="37"}'
    expect([
      await system.metric(`storage_used_slots${zone}`),
      await system.metric(`storage_total_slots${zone}`),
    ]).toEqual([20, 20])
  })

  it('forgets the series of a location that is gone', async () => {
    const wish = { name: 'short-lived', location_type: 'x', temperature_zone: 'freezer', max_capacity: 1 }
    const id = await system.made('/storage/locations', wish)
    const total = () => system.metric('storage_capacity_total{location="short-lived"}')
    await vi.waitFor(async () => expect(await total()).toBe(1), 2000)
    await system.ask(`DELETE /storage/locations/${id}`)
    await vi.waitFor(async () => expect(await total()).toBeNaN(), 2000)
  })

  it('count no positions of a location that was given up', async () => {
    const { location, positions } = await system.furnish({ zone: 'refrigerated' })
    const slots = () => system.metric('storage_total_slots{zone="refrigerated",temperature="4"}')
    await vi.waitFor(async () => expect(await slots()).toBeGreaterThanOrEqual(positions.length), 2000)
    const before = await slots()
    await system.ask(`PUT /storage/locations/${location}`, { status: 'decommissioned' })
    await vi.waitFor(async () => expect(await slots()).toBe(before - positions.length), 2000)
  })
})

it('GET /analytics/overview -> 200: how things are', async () => {
  const { positions } = await system.furnish()
  const sample = randomUUID()
  await system.assign(sample, positions[0] ?? '')
  const before = (await system.ask('GET /analytics/overview')).data
  await system.ask(`POST /storage/samples/${sample}/retrieve`, {})
  const { status, data } = await system.ask('GET /analytics/overview')
  expect(status).toBe(200)
  expect(data.stored_samples).toBe(Number(before.stored_samples) - 1)
  expect(data.removed_last_24h).toBe(Number(before.removed_last_24h) + 1)
})

it('GET /analytics/sample-flow -> 200: day by day, today last', async () => {
  const { positions } = await system.furnish()
  await system.assign(randomUUID(), positions[0] ?? '')
  const { status, data } = await system.ask('GET /analytics/sample-flow?period_days=3')
  const days = data.days as { day: string; assigned: number }[]
  expect([status, days.length]).toEqual([200, 3])
  expect(days[2]?.assigned).toBeGreaterThan(0)
})

it('GET /analytics/capacity/prediction -> 200: of one location, or of all', async () => {
  const { location, positions } = await system.furnish({ max_capacity: 100, rows: 2, columns: 3 })
  for (const position of positions.slice(0, 3)) await system.assign(randomUUID(), position)
  const { status, data } = await system.ask(`GET /analytics/capacity/prediction?location_id=${location}&days_ahead=60`)
  const prediction = { current_occupied: 3, net_per_day: 0.1, predicted_occupied: 9, days_until_full: 970 }
  expect([status, data]).toMatchObject([
    200,
    { location_id: location, days_ahead: 60, max_capacity: 100, ...prediction },
  ])
  expect((await system.ask('GET /analytics/capacity/prediction')).data.location_id).toBeNull()
})
