// The rooms the load stores in: one for each temperature zone, each with a rack for this run and a sensor.
import { get, post } from './desk.ts'
import type { Desk } from './desk.ts'
import { aUuid, at, granted, listAt, textAt } from './expectation.ts'
import type { Ask } from './operation.ts'
import { prepare } from './preparation.ts'

/** The zones with the temperature each is meant to have. */
const ZONES = { ultra_low_freezer: -80, freezer: -20, refrigerated: 4, room_temperature: 22, incubator: 37 } as const

export interface Room {
  readonly zone: string
  readonly celsius: number
  readonly location: string
  readonly rack: string
  readonly sensor: string
}

/** More than any run fills: a room that is almost full would raise the alerts of a storage that is. */
const ROOMY = 1_000_000
const LOCATIONS = '/api/storage/locations'

/** Furnishes the rooms before the load begins; calls the run off when that fails. */
export function prepareRooms(desk: Desk, run: string): readonly Room[] {
  return Object.entries(ZONES).map(([zone, celsius]) => {
    const location = locationIn(desk, zone)
    const freezer = container(desk, { name: `freezer ${run}`, container_type: 'freezer', location_id: location })
    const rack = container(desk, { name: `rack ${run}`, container_type: 'rack', parent_container_id: freezer })
    const sensor = `${run}-${zone}`
    register(desk, { sensor_id: sensor, sensor_type: 'temperature', location_id: location })
    return { zone, celsius, location, rack, sensor }
  })
}

/** A system that lives longer than one run keeps its rooms, for it has only so many. */
function locationIn(desk: Desk, zone: string): string {
  const name = `Load room ${zone}`
  const look = get(desk, `${LOCATIONS}?temperature_zone=${zone}`)
  const all = prepare({ op: 'storage.locations', ...look, expect: granted({ success: true }) })
  const known = listAt(all, 'data').find((one) => at(one, 'name') === name)
  if (known !== undefined) return textAt(known, 'id')
  const body = { name, location_type: 'freezer', temperature_zone: zone, max_capacity: ROOMY }
  return made({ op: 'storage.create-location', ...post(desk, LOCATIONS, body) })
}

function container(desk: Desk, body: object): string {
  return made({ op: 'storage.create-container', ...post(desk, '/api/storage/containers', { ...body, capacity: ROOMY }) })
}

function register(desk: Desk, body: object): void {
  made({ op: 'iot.register', ...post(desk, '/api/iot/sensors', body) })
}

/** The id of what is made. */
function made(ask: Omit<Ask, 'expect'>): string {
  return textAt(prepare({ ...ask, expect: granted({ success: true, 'data.id': aUuid }) }), 'data.id')
}
