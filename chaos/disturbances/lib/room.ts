// A room of a disturbance's own in the storage, so that it never touches what the load has stored.
import { granted, send } from './gateway.ts'
import { ownName } from './told.ts'

/** The zones with the temperature each is meant to have. */
export const ZONES = { ultra_low_freezer: -80, freezer: -20, refrigerated: 4, room_temperature: 22, incubator: 37 } as const
export type Zone = keyof typeof ZONES
export const ZONE_NAMES = Object.keys(ZONES) as [Zone, ...Zone[]]

export interface Room {
  readonly id: string
  readonly name: string
}

interface Made {
  readonly id: string
}

export function post<T>(token: string | undefined, path: string, body: object): Promise<T> {
  return granted<T>({ method: 'POST', path, body: JSON.stringify(body), token })
}

export async function makeRoom(token: string | undefined, zone: Zone, places: number): Promise<Room> {
  const name = `Disturbed room ${zone} ${ownName()}`
  const about = { name, location_type: 'freezer', temperature_zone: zone, max_capacity: places }
  const { id } = await post<Made>(token, '/api/storage/locations', about)
  return { id, name }
}

/** The id of what is made. */
export async function make(token: string | undefined, path: string, body: object): Promise<string> {
  return (await post<Made>(token, path, body)).id
}

/** How the room was left: one with containers in it cannot be removed, and is given up, so that nobody counts on its places. */
export async function leaveRoom(token: string | undefined, { id }: Room): Promise<string> {
  const path = `/api/storage/locations/${id}`
  if ((await send({ method: 'DELETE', path, token })).status < 300) return 'removed'
  await granted({ method: 'PUT', path, body: JSON.stringify({ status: 'decommissioned' }), token })
  return 'given up'
}
