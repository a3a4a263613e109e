// Sensors: what a reading may be, above all when it was taken.
import { expect, it } from 'vitest'
import { readReading, readSensor } from './sensor-draft.ts'

const NOW = Date.parse('2025-07-14T12:00:00Z')

it('a reading has a value; the rest is optional', () => {
  expect(readReading({ value: -80.5 }, NOW)).toEqual({ value: -80.5, unit: null, recorded_at: null, metadata: null })
})

it('the clock of a sensor may be a little fast', () => {
  const timestamp = '2025-07-14T12:04:59Z'
  expect(readReading({ value: 1, timestamp }, NOW).recorded_at).toBe(timestamp)
})

it.each([
  ['a reading of tomorrow', { value: 1, timestamp: '2025-07-15T12:00:00Z' }],
  ['no value', {}],
  ['an endless value', { value: 1e300 }],
])('%s is refused', (_what, body) => {
  expect(() => readReading(body, NOW)).toThrow(expect.objectContaining({ status: 400 }))
})

it('a sensor is named by what fits into a path', () => {
  expect(readSensor({ sensor_id: 'TEMP-001.a', sensor_type: 'temperature' })).toMatchObject({ sensor_id: 'TEMP-001.a' })
  expect(() => readSensor({ sensor_id: 'a/b', sensor_type: 'x' })).toThrow('sensor_id may hold')
})
