// The storage service's contract: sensors, the temperatures they read and the alerts that come of them.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Furnished, StorageSystem } from './testing/storage-system.ts'
import { startStorageSystem } from './testing/storage-system.ts'

let system: StorageSystem

beforeAll(async () => {
  system = await startStorageSystem('127.62.14')
}, 90_000)

afterAll(() => system.stop())

interface Watched extends Furnished {
  readonly sensor: string
}

async function watched(): Promise<Watched> {
  const furnished = await system.furnish()
  const sensor = `TEMP-${randomUUID()}`
  await system.made('/iot/sensors', { sensor_id: sensor, sensor_type: 'temperature', location_id: furnished.location })
  return { ...furnished, sensor }
}

function read(sensor: string, value: number, timestamp?: Date) {
  return system.ask(`POST /iot/sensors/${sensor}/readings`, { value, unit: 'C', timestamp: timestamp?.toISOString() })
}

function eventsOf(type: string, subject: string): Promise<{ payload: object }[]> {
  const sql = 'select payload from storage.outbox where event_type = $1 and subject = $2 order by id'
  return system.postgres.read(sql, [type, subject])
}

describe('sensors', () => {
  it('POST /iot/sensors -> 201: active, without a reading', async () => {
    const { location } = await system.furnish()
    const wish = { sensor_id: `H-${randomUUID()}`, sensor_type: 'humidity', location_id: location, battery_level: 15 }
    const { status, data } = await system.ask('POST /iot/sensors', wish)
    expect([status, data]).toMatchObject([201, { ...wish, status: 'active', last_reading: null }])
  })

  it('GET /iot/sensors/:sensor_id -> 200: as registered', async () => {
    const { sensor, location } = await watched()
    const { status, data } = await system.ask(`GET /iot/sensors/${sensor}`)
    expect([status, data]).toMatchObject([200, { sensor_id: sensor, location_id: location }])
  })

  it('POST /iot/sensors -> 409: an id that is taken', async () => {
    const { sensor } = await watched()
    expect((await system.ask('POST /iot/sensors', { sensor_id: sensor, sensor_type: 'x' })).status).toBe(409)
  })

  it('PUT /iot/sensors/:sensor_id -> 200: given fields change', async () => {
    const { sensor, location } = await watched()
    const { status, data } = await system.ask(`PUT /iot/sensors/${sensor}`, { status: 'offline', battery_level: 3 })
    expect([status, data]).toMatchObject([200, { status: 'offline', battery_level: 3, location_id: location }])
  })

  it('GET /iot/sensors -> 200: those of a location', async () => {
    const { sensor, location } = await watched()
    const { status, data } = await system.ask(`GET /iot/sensors?location_id=${location}`)
    expect([status, data]).toMatchObject([200, { data: [{ sensor_id: sensor }], pagination: { total_items: 1 } }])
  })

  it('GET /iot/health -> 200: how they are', async () => {
    await watched()
    const { status, data } = await system.ask('GET /iot/health')
    expect([status, data]).toMatchObject([200, { low_battery_sensors: expect.any(Number) as number }])
    expect(data.total_sensors).toBeGreaterThan(0)
  })
})

describe('readings', () => {
  it('POST /iot/sensors/:sensor_id/readings -> 201: the place has the temperature, the metrics show it', async () => {
    const { sensor, location, name } = await watched()
    const { status, data } = await read(sensor, -79.5)
    expect([status, data]).toMatchObject([201, { sensor_id: sensor, value: -79.5, temperature_state: 'normal' }])
    const place = await system.ask(`GET /storage/locations/${location}`)
    expect(place.data).toMatchObject({ temperature_celsius: -79.5, temperature_state: 'normal' })
    const gauge = (what: string) => system.metric(`storage_temperature_${what}{location="${name}"}`)
    await vi.waitFor(async () => expect(await gauge('celsius')).toBe(-79.5), 2000)
    expect(await gauge('target_celsius')).toBe(-80)
    expect(await eventsOf('storage.sensor_data_received', sensor)).toMatchObject([{ payload: { value: -79.5 } }])
  })

  it('POST /iot/sensors/:sensor_id/readings -> 201: late ones are kept, but the latest counts', async () => {
    const { sensor, location } = await watched()
    const now = Date.now()
    await read(sensor, -80, new Date(now))
    await read(sensor, -60, new Date(now - 60_000))
    const place = await system.ask(`GET /storage/locations/${location}`)
    expect(place.data).toMatchObject({ temperature_celsius: -80, temperature_state: 'normal' })
    const { data } = await system.ask(`GET /iot/sensors/${sensor}/data`)
    expect(data.statistics).toMatchObject({ reading_count: 2, max_value: -60 })
  })

  it('GET /iot/sensors/:sensor_id/data -> 200: newest first, with what they come to', async () => {
    const { sensor } = await watched()
    for (const value of [-79, -80, -81]) await read(sensor, value)
    const { status, data } = await system.ask(`GET /iot/sensors/${sensor}/data?limit=2`)
    const statistics = { min_value: -81, max_value: -80, avg_value: -80.5, reading_count: 2 }
    expect([status, data]).toMatchObject([
      200,
      { readings: [{ value: -81 }, { value: -80 }], statistics, period_hours: 24 },
    ])
  })
})

describe('alerts', () => {
  it('GET /iot/alerts -> 200: one per excursion, however many readings come at once, resolved by itself', async () => {
    const { sensor, location } = await watched()
    await Promise.all(Array.from({ length: 10 }, (_, n) => read(sensor, -70 + n / 100)))
    expect((await system.ask(`GET /storage/locations/${location}`)).data.temperature_state).toBe('alert')
    const alarms = await eventsOf('storage.temperature_alert', location)
    expect(alarms).toMatchObject([
      { payload: { sensor_id: sensor, target_celsius: -80, alert_type: 'temperature_high' } },
    ])
    const open = await system.ask('GET /iot/alerts?resolved=false&per_page=100')
    const mine = (answer: typeof open) =>
      (answer.data.data as { sensor_id: string }[]).filter((one) => one.sensor_id === sensor)
    expect([open.status, mine(open)]).toMatchObject([
      200,
      [{ severity: 'critical', resolved: false, threshold_value: -80 }],
    ])
    await read(sensor, -80)
    expect(mine(await system.ask('GET /iot/alerts?resolved=false&per_page=100'))).toEqual([])
    await read(sensor, -85)
    expect(await eventsOf('storage.temperature_alert', location)).toMatchObject([
      {},
      { payload: { alert_type: 'temperature_low' } },
    ])
  })

  it('POST /iot/alerts/:id/resolve -> 200: by hand', async () => {
    const { sensor } = await watched()
    await read(sensor, -20)
    const [alert] = await system.postgres.read<{ id: string }>('select id from storage.alerts where sensor_id = $1', [
      sensor,
    ])
    const { status, data } = await system.ask(`POST /iot/alerts/${alert?.id}/resolve`)
    expect([status, data]).toMatchObject([200, { id: alert?.id, resolved: true }])
  })
})
