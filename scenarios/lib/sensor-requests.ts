// What sensors in the storage send through the gateway, and what is read of it.
import { get, post } from './desk.ts'
import type { Desk } from './desk.ts'
import { aFilledList, granted } from './expectation.ts'
import type { Ask } from './operation.ts'

const SENSORS = '/api/iot/sensors'

export interface Reading {
  readonly sensor: string
  readonly celsius: number
  /** What no other reading is called. */
  readonly key: string
}

/** A reading within the range of its zone. */
export function read(desk: Desk, { sensor, celsius, key }: Reading): Ask {
  const body = { value: celsius, unit: 'C', metadata: { key } }
  const same = { 'data.sensor_id': sensor, 'data.value': celsius, 'data.temperature_state': normalOrOvertaken }
  const write = { store: 'sensor-readings', key }
  const asked = post(desk, `${SENSORS}/${sensor}/readings`, body)
  return { op: 'iot.read', ...asked, expect: granted({ success: true, ...same }), write }
}

/** The state of the place after a reading; nothing is said of it when a later reading was there first. */
export function normalOrOvertaken(value: unknown): boolean {
  return value === 'normal' || value === null
}

export function readings(desk: Desk, sensor: string): Ask {
  const some = { 'data.sensor_id': sensor, 'data.readings': aFilledList, 'data.period_hours': 1 }
  const asked = get(desk, `${SENSORS}/${sensor}/data?hours_back=1&limit=20`)
  return { op: 'iot.readings', ...asked, expect: granted({ success: true, ...some }) }
}
