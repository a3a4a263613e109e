// The storage service's contract with sagas: once per transaction, never after its release, through crashes too.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startStorageSystem, type StorageSystem } from './testing/storage-system.ts'

let system: StorageSystem

beforeAll(async () => {
  system = await startStorageSystem('127.62.13')
}, 90_000)

afterAll(() => system.stop())

function wish(sample_id: string, temperature_zone = 'ultra_low_freezer'): object {
  return {
    sample_id,
    requirements: { temperature_zone, priority: 3, duration_days: 30, special_requirements: ['dark'] },
  }
}

const PRESENT =
  'select sample_id, container_id from storage.sample_positions where sample_id = any($1) and removed_at is null'

function present(...samples: readonly string[]): Promise<{ sample_id: string; container_id: string }[]> {
  return system.postgres.read(PRESENT, [samples])
}

it('POST /api/v1/storage/assign -> 201: a free position of the zone', async () => {
  const { location, positions } = await system.furnish({ zone: 'freezer' })
  const [sample, transaction] = [randomUUID(), randomUUID()]
  const { status, data } = await system.saga('assign', transaction, wish(sample, '-20C'))
  const assignment = { sample_id: sample, transaction_id: transaction, location_id: location, position: 'A1' }
  expect([status, data]).toMatchObject([
    201,
    { ...assignment, container_id: positions[0], temperature_zone: 'freezer' },
  ])
})

it('POST /api/v1/storage/assign -> 201: asked again, the same answer and nothing more', async () => {
  await system.furnish()
  const [sample, transaction] = [randomUUID(), randomUUID()]
  const answers = await Promise.all(Array.from({ length: 8 }, () => system.saga('assign', transaction, wish(sample))))
  answers.push(await system.saga('assign', transaction, wish(sample)))
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 9 }, () => 201))
  expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1)
  expect(await present(sample)).toHaveLength(1)
})

it('POST /api/v1/storage/assign -> 409: no more samples than positions, however many come at once', async () => {
  await system.furnish({ zone: 'incubator', rows: 2, columns: 5 })
  const samples = Array.from({ length: 16 }, () => randomUUID())
  const answers = await Promise.all(
    samples.map((sample) => system.saga('assign', randomUUID(), wish(sample, 'incubator'))),
  )
  expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array(10).fill(201), ...Array(6).fill(409)])
  const rows = await present(...samples)
  expect([rows.length, new Set(rows.map(({ container_id }) => container_id)).size]).toEqual([10, 10])
})

it('POST /api/v1/storage/assign -> 400: a sample that has a position, a request without a transaction', async () => {
  const { positions } = await system.furnish()
  const sample = randomUUID()
  await system.assign(sample, positions[3] ?? '')
  expect((await system.saga('assign', randomUUID(), wish(sample))).code).toBe(
    'Sample is already assigned to another position',
  )
  expect((await system.saga('assign', undefined, wish(randomUUID()))).status).toBe(400)
  expect((await system.saga('assign', 'a b', wish(randomUUID()))).status).toBe(400)
})

it('POST /api/v1/storage/release -> 200: as often as asked, and the position is free', async () => {
  const { positions } = await system.furnish({ zone: 'refrigerated', rows: 1, columns: 1 })
  const [sample, transaction] = [randomUUID(), randomUUID()]
  await system.saga('assign', transaction, wish(sample, 'refrigerated'))
  const release = { sample_id: sample, location_id: null, reason: 'saga_compensation' }
  const answers = await Promise.all([1, 2, 3].map(() => system.saga('release', transaction, release)))
  expect(answers.map(({ status, data }) => [status, data.container_id])).toEqual(Array(3).fill([200, positions[0]]))
  expect(new Set(answers.map(({ data }) => data.released_at)).size).toBe(1)
  expect((await system.saga('assign', transaction, wish(sample, 'refrigerated'))).status).toBe(409)
  expect((await system.saga('assign', randomUUID(), wish(sample, 'refrigerated'))).status).toBe(201)
})

it('POST /api/v1/storage/release -> 404: nothing was assigned, and nothing will be', async () => {
  await system.furnish()
  const [sample, transaction] = [randomUUID(), randomUUID()]
  expect((await system.saga('release', transaction, { sample_id: sample })).status).toBe(404)
  expect((await system.saga('release', transaction, { sample_id: sample })).status).toBe(404)
  expect((await system.saga('assign', transaction, wish(sample))).status).toBe(409)
  expect(await present(sample)).toEqual([])
})

it('POST /api/v1/storage/release -> 200: it follows a moved sample, and leaves other placements alone', async () => {
  const { positions } = await system.furnish({ zone: 'room_temperature', rows: 1, columns: 3 })
  const [sample, transaction] = [randomUUID(), randomUUID()]
  await system.saga('assign', transaction, wish(sample, 'RT'))
  await system.ask(`PUT /storage/samples/${sample}/move`, { new_container_id: positions[2] })
  expect((await system.saga('release', transaction, { sample_id: sample })).data.container_id).toBe(positions[2])
  await system.assign(sample, positions[1] ?? '')
  expect((await system.saga('release', transaction, { sample_id: sample })).status).toBe(200)
  expect(await present(sample)).toMatchObject([{ container_id: positions[1] }])
})

it('assigning and releasing at the same time never leaves a position behind', async () => {
  await system.furnish({ rows: 5, columns: 5 })
  const pairs = Array.from({ length: 25 }, () => ({ sample: randomUUID(), transaction: randomUUID() }))
  await Promise.all(
    pairs.flatMap(({ sample, transaction }) => [
      system.saga('assign', transaction, wish(sample)),
      system.saga('release', transaction, { sample_id: sample }),
      system.saga('assign', transaction, wish(sample)),
    ]),
  )
  expect(await present(...pairs.map(({ sample }) => sample))).toEqual([])
})

it('killed while assigning, it gives every transaction one position when it is asked again', async () => {
  await system.furnish({ rows: 5, columns: 10 })
  const pairs = Array.from({ length: 40 }, () => ({ sample: randomUUID(), transaction: randomUUID() }))
  const assign = ({ sample, transaction }: (typeof pairs)[number]) => system.saga('assign', transaction, wish(sample))
  const lost = pairs.map((pair) =>
    assign(pair).then(
      ({ status }) => status,
      () => 'no answer',
    ),
  )
  await Promise.race(lost)
  await system.service.end('SIGKILL')
  const before = await Promise.all(lost)
  expect(before).toContain('no answer')
  const env = { SEED_SCALE: '0', EVENT_SERVICE_URL: 'http://127.62.13.9:8087' }
  const again = system.more({ name: 'storage', port: 8082, env }, '127.62.13.3')
  await again.waitUntil('/health/ready', 200)
  const after = await Promise.all(pairs.map(assign))
  expect(new Set(after.map(({ status }) => status))).toEqual(new Set([201]))
  const rows = await present(...pairs.map(({ sample }) => sample))
  expect([rows.length, new Set(rows.map(({ container_id }) => container_id)).size]).toEqual([40, 40])
  const sql = `select count(*)::int as n from storage.outbox where correlation_id = any($1)`
  expect(await system.postgres.read(sql, [pairs.map(({ transaction }) => transaction)])).toEqual([{ n: 40 }])
})
