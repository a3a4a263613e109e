// The storage service's contract: containers, what is in them, and that nothing ever holds more than it can.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { statuses } from '../testing/client.ts'
import { startStorageSystem, type StorageSystem } from './testing/storage-system.ts'

let system: StorageSystem

beforeAll(async () => {
  system = await startStorageSystem('127.62.17')
}, 90_000)

afterAll(() => system.stop())

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
  const place = {
    name: 'B2',
    container_type: 'position',
    parent_container_id: box,
    grid_position: { row: 2, column: 2 },
  }
  const answers = await Promise.all(Array.from({ length: 5 }, () => system.ask('POST /storage/containers', place)))
  expect(statuses(answers)).toEqual([201, 409, 409, 409, 409])
})

it('POST /storage/containers -> 409: never more positions than a location holds, however many come', async () => {
  const { rack, location } = await system.furnish({ max_capacity: 10 })
  const box = {
    name: 'b',
    container_type: 'box',
    parent_container_id: rack,
    dimensions: { rows: 1, columns: 2 },
    create_positions: true,
  }
  const answers = await Promise.all(Array.from({ length: 6 }, () => system.ask('POST /storage/containers', box)))
  expect(statuses(answers)).toEqual([201, 201, 201, 409, 409, 409])
  const sql = `select count(*)::int as n from storage.containers where container_type = 'position' and location_id = $1`
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
  const capacity_info = {
    total_capacity: 1000,
    occupied_count: 1,
    utilization_percentage: 0.1,
    capacity_status: 'normal',
  }
  const counts = { child_containers_count: 4, direct_samples_count: 1 }
  expect([status, data]).toMatchObject([
    200,
    { samples: [{ sample_id }], capacity_info: { ...capacity_info, ...counts } },
  ])
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

it('GET /storage/containers/available -> 200: free positions, or what has any', async () => {
  const { positions, box } = await system.furnish({ zone: 'refrigerated' })
  await system.assign(randomUUID(), positions[0] ?? '')
  const { status, data } = await system.ask('GET /storage/containers/available?temperature_zone=4C')
  const free = (data as unknown as { id: string }[]).map(({ id }) => id)
  expect([status, free]).toEqual([200, positions.slice(1)])
  const boxes = await system.ask('GET /storage/containers/available?temperature_zone=4C&container_type=box')
  expect(boxes.data).toMatchObject([{ id: box, occupied_count: 1 }])
})

it('GET /storage/containers/by-temperature/:zone -> 200: all of a zone', async () => {
  await system.furnish({ zone: 'incubator' })
  const { status, data } = await system.ask('GET /storage/containers/by-temperature/37C?per_page=100')
  expect([status, data.length]).toEqual([200, 7])
})
