// What happens in the storage reaches Redis: over its outbox and the event service, once each, through a kill as well.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { startContractSystem, type ContractSystem } from '../testing/contract-system.ts'

const PLACE = { name: 'events', location_type: 'freezer', temperature_zone: '-80C', max_capacity: 500 }

let system: ContractSystem

beforeAll(async () => {
  const env = { SEED_SCALE: '0.1', CAPACITY_CHECK_INTERVAL: '100ms' }
  system = await startContractSystem('127.62.18', { name: 'storage', port: 8082, env, events: true })
}, 90_000)

afterAll(() => system.stop())

interface Envelope {
  readonly id: string
  readonly source_service: string
  readonly subject: string
  readonly payload: Readonly<Record<string, unknown>>
}

async function stream(type: string): Promise<Envelope[]> {
  const key = `tracseq:events:${type.replaceAll('.', ':')}`
  const entries = (await system.redis?.read('xrange', key, '-', '+')) as [string, [string, string]][]
  return entries.map(([, [, event]]) => JSON.parse(event) as Envelope)
}

function ask(what: string, body?: object) {
  return system.call(what, body, system.user.token)
}

it('a reading that is too warm is an alert in its stream, with the reading in its own', async () => {
  const { data: location } = await ask('POST /storage/locations', PLACE)
  const sensor = `TEMP-${randomUUID()}`
  await ask('POST /iot/sensors', { sensor_id: sensor, sensor_type: 'temperature', location_id: location.id })
  await ask(`POST /iot/sensors/${sensor}/readings`, { value: -60, unit: 'C' })
  const payload = { location_id: location.id, temperature_celsius: -60, target_celsius: -80 }
  await vi.waitFor(
    async () => expect(await stream('storage.temperature_alert')).toMatchObject([{ subject: location.id, payload }]),
    10_000,
  )
  const readings = await stream('storage.sensor_data_received')
  expect(readings).toMatchObject([{ source_service: 'storage', subject: sensor, payload: { value: -60 } }])
})

it('killed between placements and their events, it tells of each of them when it is back', async () => {
  const { data } = await ask('GET /storage/containers/available?per_page=60')
  const positions = (data as unknown as { id: string }[]).map(({ id }) => id)
  const samples = positions.map(() => randomUUID())
  const assign = (sample_id: string, index: number) => {
    return ask('POST /storage/samples/assign', { sample_id, container_id: positions[index] })
  }
  const answers = samples.map((sample, index) =>
    assign(sample, index).then(
      ({ status }) => status,
      () => 0,
    ),
  )
  await Promise.race(answers)
  await system.service.end('SIGKILL')
  await Promise.all(answers)
  const again = system.more({ name: 'storage', port: 8082, env: { SEED_SCALE: '0' } }, '127.62.18.3')
  await again.waitUntil('/health/ready', 200, 30_000)
  const sql = 'select sample_id::text as id from storage.sample_positions where sample_id = any($1)'
  const stored = (await system.postgres.read<{ id: string }>(sql, [samples])).map(({ id }) => id)
  expect(stored.length).toBeGreaterThan(0)
  await vi.waitFor(async () => {
    const told = (await stream('storage.sample_assigned')).map(({ subject }) => subject)
    expect(told.toSorted().filter((id, index, all) => id !== all[index - 1])).toEqual(stored.toSorted())
  }, 20_000)
})
