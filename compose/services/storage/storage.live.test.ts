// The storage service's contract: locations, containers and samples in their positions, with every race for one.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startStorageSystem, type StorageSystem } from './testing/storage-system.ts'

let system: StorageSystem

beforeAll(async () => {
  system = await startStorageSystem('127.62.11')
}, 30_000)

afterAll(() => system.stop())

function statuses(answers: readonly { status: number }[]): number[] {
  return answers.map(({ status }) => status).toSorted((a, b) => a - b)
}

describe('locations', () => {
  it('POST /storage/locations -> 201: with the target of its zone, in either spelling', async () => {
    const wish = { name: 'Freezer X', location_type: 'freezer', temperature_zone: '-80C', max_capacity: 10, metadata: { a: 1 } }
    const { status, body, data } = await system.ask('POST /storage/locations', wish)
    const location = { ...wish, temperature_zone: 'ultra_low_freezer', current_capacity: 0, target_temperature_celsius: -80 }
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

  it('GET /storage/locations/:id -> 200, PUT -> 200: given fields change, the others stay', async () => {
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

  it('DELETE /storage/locations/:id -> 200: an empty one, once; -> 400: one with containers', async () => {
    const { location } = await system.furnish()
    expect((await system.ask(`DELETE /storage/locations/${location}`)).status).toBe(400)
    const wish = { name: 'empty', location_type: 'x', temperature_zone: 'freezer', max_capacity: 1 }
    const empty = await system.made('/storage/locations', wish)
    const answers = await Promise.all([1, 2, 3].map(() => system.ask(`DELETE /storage/locations/${empty}`)))
    expect(statuses(answers)).toEqual([200, 404, 404])
  })
})

describe('containers', () => {
  it('POST /storage/containers -> 201: it stands where its parent does', async () => {
    const { location, rack, box } = await system.furnish()
    const { data } = await system.ask(`GET /storage/containers/${box}`)
    const container = { parent_container_id: rack, location_id: location, temperature_zone: 'ultra_low_freezer' }
    const made = { container_type: 'box', dimensions: { rows: 2, columns: 2 }, created_by: system.user.id }
    expect(data.container).toMatchObject({ ...container, ...made, occupied_count: 0 })
  })

  it('POST /storage/containers -> 409: a place in the grid is taken once, however many want it', async () => {
    const { rack } = await system.furnish()
    const wish = { name: 'b', container_type: 'box', parent_container_id: rack, capacity: 9 }
    const box = await system.made('/storage/containers', { ...wish, dimensions: { rows: 3, columns: 3 } })
    const place = { name: 'B2', container_type: 'position', parent_container_id: box, grid_position: { row: 2, column: 2 } }
    const answers = await Promise.all(Array.from({ length: 5 }, () => system.ask('POST /storage/containers', place)))
    expect(statuses(answers)).toEqual([201, 409, 409, 409, 409])
  })

  it('POST /storage/containers -> 409: never more positions than a location holds, however many come at once', async () => {
    const { rack, location } = await system.furnish({ max_capacity: 10 })
    const box = { name: 'b', container_type: 'box', parent_container_id: rack, dimensions: { rows: 1, columns: 2 }, create_positions: true }
    const answers = await Promise.all(Array.from({ length: 6 }, () => system.ask('POST /storage/containers', box)))
    expect(statuses(answers)).toEqual([201, 201, 201, 409, 409, 409])
    const sql = `select count(*)::int as n from storage.containers where location_id = $1 and container_type = 'position'`
    expect(await system.postgres.read(sql, [location])).toEqual([{ n: 10 }])
  })

  it('GET /storage/containers -> 200: pages of a type', async () => {
    const { rack } = await system.furnish()
    const { status, data } = await system.ask(`GET /storage/containers?parent_id=${rack}&container_type=box&per_page=1`)
    const pagination = { page: 1, per_page: 1, total_pages: 1, total_items: 1, has_next: false, has_prev: false }
    expect([status, data]).toMatchObject([200, { data: [{ container_type: 'box' }], pagination }])
  })

  it('GET /storage/containers/:id -> 200: what is in it', async () => {
    const { box, positions } = await system.furnish()
    const sample_id = randomUUID()
    await system.assign(sample_id, positions[0] ?? '')
    const { status, data } = await system.ask(`GET /storage/containers/${box}`)
    const capacity_info = { total_capacity: 1000, occupied_count: 1, utilization_percentage: 0.1, capacity_status: 'normal' }
    const counts = { child_containers_count: 4, direct_samples_count: 1 }
    expect([status, data]).toMatchObject([200, { samples: [{ sample_id }], capacity_info: { ...capacity_info, ...counts } }])
    expect((data.children as { occupied_count: number }[]).map((one) => one.occupied_count)).toEqual([1, 0, 0, 0])
  })

  it('GET /storage/containers/:id/hierarchy -> 200: level by level', async () => {
    const { freezer } = await system.furnish()
    const { status, data } = await system.ask(`GET /storage/containers/${freezer}/hierarchy?max_depth=3`)
    const path = ['freezer', 'rack', 'box']
    const rows = [{ level: 1 }, { level: 2 }, { level: 3, path, full_path: 'freezer > rack > box', occupied_count: 0 }]
    expect([status, data]).toMatchObject([200, rows])
  })

  it('GET /storage/containers/:id/grid -> 200: place by place, or only where samples are', async () => {
    const { box, positions } = await system.furnish({ rows: 2, columns: 3 })
    const sample_id = randomUUID()
    await system.assign(sample_id, positions[4] ?? '')
    const { status, data } = await system.ask(`GET /storage/containers/${box}/grid`)
    expect([status, data.grid_dimensions]).toEqual([200, { rows: 2, columns: 3, total_positions: 6 }])
    const places = data.positions as { position_identifier: string; status: string }[]
    expect(places.map((one) => one.position_identifier)).toEqual(['A1', 'A2', 'A3', 'B1', 'B2', 'B3'])
    expect(places[4]).toMatchObject({ row: 2, column: 2, is_occupied: true, sample_id, status: 'occupied' })
    const full = await system.ask(`GET /storage/containers/${box}/grid?include_empty=false`)
    expect(full.data.positions).toHaveLength(1)
  })

  it('GET /storage/containers/available -> 200, GET /storage/containers/by-temperature/:zone -> 200', async () => {
    const { positions, box } = await system.furnish({ zone: 'refrigerated' })
    await system.assign(randomUUID(), positions[0] ?? '')
    const free = await system.ask('GET /storage/containers/available?temperature_zone=4C')
    expect([free.status, (free.data as unknown as { id: string }[]).map(({ id }) => id)]).toEqual([200, positions.slice(1)])
    const boxes = await system.ask('GET /storage/containers/available?temperature_zone=4C&container_type=box')
    expect(boxes.data).toMatchObject([{ id: box, occupied_count: 1 }])
    const { status, data } = await system.ask('GET /storage/containers/by-temperature/refrigerated?per_page=100')
    expect([status, data.length]).toEqual([200, 7])
  })
})

it('GET /storage/capacity/summary -> 200, GET /storage/utilization -> 200, GET /storage/locations/:id/capacity -> 200', async () => {
  const { location, positions, name } = await system.furnish({ max_capacity: 5, rows: 1, columns: 5 })
  for (const position of positions.slice(1)) await system.assign(randomUUID(), position)
  const { status, data } = await system.ask(`GET /storage/locations/${location}/capacity`)
  const counts = { max_capacity: 5, current_capacity: 4, available_capacity: 1, utilization_percentage: 80 }
  expect([status, data]).toMatchObject([200, { location_id: location, ...counts, status: 'warning' }])
  await system.assign(randomUUID(), positions[0] ?? '')
  const summary = await system.ask('GET /storage/capacity/summary')
  const row = (summary.data as unknown as { name: string }[]).find((one) => one.name === name)
  expect([summary.status, row]).toMatchObject([200, { capacity: 5, occupied_count: 5, available_count: 0, capacity_status: 'critical' }])
  const utilization = await system.ask('GET /storage/utilization')
  const zone = { by_temperature_zone: { ultra_low_freezer: { occupied_count: expect.any(Number) as number } } }
  expect([utilization.status, utilization.data]).toMatchObject([200, zone])
})
