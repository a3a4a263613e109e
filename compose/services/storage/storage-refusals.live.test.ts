// The storage service's contract: what it refuses, route by route, without its database too; its seed and its defects.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientOf } from '../testing/client.ts'
import { askedBy, type Filling } from '../testing/route-title.ts'
import { NOBODY, ROUTES, startStorageSystem, type StorageSystem } from './testing/storage-system.ts'

let system: StorageSystem

beforeAll(async () => {
  system = await startStorageSystem('127.62.15', { BODY_LIMIT: '100000', SEED_SCALE: '0.1' })
}, 90_000)

afterAll(() => system.stop())

const PLACE = { name: 'x', location_type: 'x', temperature_zone: 'freezer', max_capacity: 1 }
const BOX = { name: 'x', container_type: 'box', capacity: 1 }
const SAMPLE = { sample_id: NOBODY, container_id: NOBODY }
const BAD = { ids: { id: 'no-uuid', zone: 'warm', sensor_id: 'x' } }
const UNKNOWN = { ids: { id: NOBODY, zone: 'freezer', sensor_id: 'unknown' } }

it('an empty storage is furnished as the documents say, only smaller here', async () => {
  const { data } = await system.ask('GET /storage/locations')
  const names = (data as unknown as { name: string }[]).map(({ name }) => name)
  expect(names).toEqual([
    'Freezer Room A',
    'Refrigerated Storage',
    'Room Temperature Storage',
    'Ultra Low Freezer A',
    'Ultra Low Freezer B',
  ])
  const sql = `select container_type, count(*)::int as n from storage.containers group by 1 order by 1`
  const counts = [
    ['box', 6],
    ['freezer', 5],
    ['position', 600],
    ['rack', 5],
  ].map(([container_type, n]) => ({ container_type, n }))
  expect(await system.postgres.read(sql)).toEqual(counts)
})

it.each<[string, unknown?, Filling?]>([
  ['POST /storage/locations -> 400: no capacity', { ...PLACE, max_capacity: 0 }],
  ['POST /storage/locations -> 400: an unknown zone', { ...PLACE, temperature_zone: 'warm' }],
  ['POST /storage/locations -> 400: a NUL in the metadata', { ...PLACE, metadata: { a: '\0' } }],
  ['POST /storage/locations -> 400: broken JSON', '{'],
  ['POST /storage/locations -> 413: a body over the limit', { ...PLACE, metadata: { a: 'x'.repeat(100_000) } }],
  ['POST /storage/locations -> 422: no name', { ...PLACE, name: null }],
  ['GET /storage/locations -> 400: an unknown zone', undefined, { query: 'temperature_zone=warm' }],
  ['GET /storage/locations/:id -> 400: an id that is none', undefined, BAD],
  ['GET /storage/locations/:id -> 404: nobody', undefined, UNKNOWN],
  ['PUT /storage/locations/:id -> 404: nobody', { name: 'x' }, UNKNOWN],
  ['DELETE /storage/locations/:id -> 404: nobody', undefined, UNKNOWN],
  ['GET /storage/locations/:id/capacity -> 404: nobody', undefined, UNKNOWN],
  ['POST /storage/containers -> 400: an unknown type', { ...BOX, container_type: 'drawer' }],
  ['POST /storage/containers -> 400: a position for two', { ...BOX, container_type: 'position', capacity: 2 }],
  ['POST /storage/containers -> 400: a grid without sides', { ...BOX, dimensions: { rows: 0, columns: 5 } }],
  ['POST /storage/containers -> 400: positions without a grid', { ...BOX, create_positions: true }],
  ['POST /storage/containers -> 404: no such parent', { ...BOX, parent_container_id: NOBODY }],
  ['POST /storage/containers -> 404: no such location', { ...BOX, location_id: NOBODY }],
  ['POST /storage/containers -> 422: a parent that is no id', { ...BOX, parent_container_id: 'x' }],
  ['GET /storage/containers -> 400: a page too long', undefined, { query: 'per_page=101' }],
  ['GET /storage/containers/:id -> 400: an id that is none', undefined, BAD],
  ['GET /storage/containers/:id -> 404: nobody', undefined, UNKNOWN],
  ['GET /storage/containers/:id/hierarchy -> 400: too deep', undefined, { ...UNKNOWN, query: 'max_depth=11' }],
  ['GET /storage/containers/:id/hierarchy -> 404: nobody', undefined, UNKNOWN],
  ['GET /storage/containers/:id/grid -> 404: nobody', undefined, UNKNOWN],
  ['GET /storage/containers/available -> 400: an unknown type', undefined, { query: 'container_type=drawer' }],
  ['GET /storage/containers/by-temperature/:zone -> 400: an unknown zone', undefined, BAD],
  ['POST /storage/samples/assign -> 404: no such position', SAMPLE],
  ['POST /storage/samples/assign -> 422: a sample that is no id', { ...SAMPLE, sample_id: 'x' }],
  ['PUT /storage/samples/:id/move -> 404: not in the storage', { new_container_id: NOBODY }, UNKNOWN],
  ['PUT /storage/samples/:id/move -> 422: nowhere to', {}, UNKNOWN],
  ['DELETE /storage/samples/:id/position -> 404: not in the storage', undefined, UNKNOWN],
  ['POST /storage/samples -> 501: as documented', {}],
  ['GET /storage/samples/:id -> 404: never seen', undefined, UNKNOWN],
  ['GET /storage/samples/:id -> 400: an id that is none', undefined, BAD],
  ['GET /storage/samples/:id/location -> 404: never seen', undefined, UNKNOWN],
  ['GET /storage/samples/:id/location-detailed -> 404: never seen', undefined, UNKNOWN],
  ['POST /storage/samples/:id/retrieve -> 404: not in the storage', {}, UNKNOWN],
  ['POST /api/v1/storage/assign -> 400: no transaction', { ...SAMPLE, requirements: { temperature_zone: 'freezer' } }],
  ['POST /api/v1/storage/assign -> 422: no requirements', SAMPLE],
  ['POST /api/v1/storage/release -> 400: no transaction', SAMPLE],
  ['POST /iot/sensors -> 400: an id that fits into no path', { sensor_id: 'a/b', sensor_type: 'x' }],
  ['POST /iot/sensors -> 404: no such location', { sensor_id: 'a', sensor_type: 'x', location_id: NOBODY }],
  ['GET /iot/sensors/:sensor_id -> 404: nobody', undefined, UNKNOWN],
  ['PUT /iot/sensors/:sensor_id -> 404: nobody', {}, UNKNOWN],
  ['POST /iot/sensors/:sensor_id/readings -> 404: nobody', { value: 1 }, UNKNOWN],
  ['POST /iot/sensors/:sensor_id/readings -> 400: no value', {}, UNKNOWN],
  ['GET /iot/sensors/:sensor_id/data -> 404: nobody', undefined, UNKNOWN],
  ['GET /iot/sensors/:sensor_id/data -> 400: too long ago', undefined, { ...UNKNOWN, query: 'hours_back=10000' }],
  ['GET /iot/alerts -> 400: neither yes nor no', undefined, { query: 'resolved=perhaps' }],
  ['POST /iot/alerts/:id/resolve -> 404: nobody', undefined, UNKNOWN],
  ['GET /analytics/capacity/prediction -> 400: too far ahead', undefined, { query: 'days_ahead=1000' }],
  ['GET /analytics/capacity/prediction -> 404: no such location', undefined, { query: `location_id=${NOBODY}` }],
  ['PATCH /storage/locations -> 405: another method', {}],
])('%s', async (title, body, filling) => {
  const { what, status } = askedBy(title, filling)
  expect((await system.ask(what, body)).status).toBe(status)
})

it('POST /storage/containers -> 400: a rack in a box, a warm box in a freezer, a place off the grid', async () => {
  const { box, rack } = await system.furnish()
  const position = { name: 'x', container_type: 'position', parent_container_id: box }
  const wrong = [
    { ...BOX, container_type: 'rack', parent_container_id: box },
    { ...BOX, parent_container_id: rack, temperature_zone: 'incubator' },
    { ...position, grid_position: { row: 3, column: 1 } },
  ]
  for (const wish of wrong) expect((await system.ask('POST /storage/containers', wish)).status).toBe(400)
})

// What is not implemented is refused like the rest.
it.each([...ROUTES, ['POST /storage/samples']].map(([route]) => `${route} -> 401: no token`))('%s', async (title) => {
  const { what, status } = askedBy(title, UNKNOWN)
  const answer = await system.call(what)
  expect([answer.status, answer.body]).toEqual([
    status,
    { error: 'A Bearer token is needed', timestamp: expect.any(String) as string },
  ])
})

it.each<[string, object]>([
  ['GET /health -> 200: for everybody', { status: 'healthy', service: 'storage' }],
  ['GET /health/ready -> 200: for everybody', { status: 'ready', checks: { database: { status: 'healthy' } } }],
  ['GET /health/metrics -> 200: for everybody', { metrics: { total_locations: expect.any(Number) as number } }],
])('%s', async (title, body) => {
  const { what, status } = askedBy(title)
  const answer = await system.call(what)
  expect([answer.status, answer.body]).toMatchObject([status, body])
})

describe('defects', () => {
  const env = {
    SEED_SCALE: '0',
    EVENT_SERVICE_URL: '',
    DEFECTS: 'two-samples-one-position,no-saga-routes,unready-is-500',
  }

  it('two-samples-one-position, no-saga-routes: a position is given twice, and sagas find nobody', async () => {
    const { positions } = await system.furnish()
    const other = system.more({ name: 'storage', port: 8082, env }, '127.62.15.7')
    await other.waitUntil('/health/ready', 200)
    const ask = clientOf(other.base, { authorization: 'Service service_test' })
    const assign = () => ask('POST /storage/samples/assign', { sample_id: randomUUID(), container_id: positions[0] })
    expect([(await assign()).status, (await assign()).status]).toEqual([201, 201])
    expect((await ask('POST /api/v1/storage/assign', SAMPLE)).status).toBe(404)
    await system.postgres.kill()
    await other.waitUntil('/health/ready', 500)
  })
})

describe('without its database', () => {
  beforeAll(() => system.postgres.kill())

  // Auth is without its database as well, so it is another service that asks.
  it.each(ROUTES.map(([route, body]) => [`${route} -> 500: in its own words`, body] as const))(
    '%s',
    async (title, body) => {
      const { what, status } = askedBy(title, UNKNOWN)
      const headers = { authorization: 'Service service_test', 'x-transaction-id': 'x' }
      const answer = await clientOf(system.service.base, headers)(what, body)
      expect([answer.status, answer.code]).toEqual([status, 'Database error occurred'])
    },
  )

  it('GET /health/ready -> 503: and alive all the same; all is well when it is back', async () => {
    await system.service.waitUntil('/health/ready', 503)
    expect((await system.call('GET /health')).status).toBe(200)
    expect((await system.call('GET /health/metrics')).body).toMatchObject({ metrics: { total_locations: 0 } })
    expect((await system.ask('GET /storage/locations')).status).toBe(502)
    await system.postgres.start()
    await system.service.waitUntil('/health/ready', 200)
    expect((await system.ask('GET /storage/locations')).status).toBe(200)
  })
})
