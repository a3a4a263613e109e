// Locations: create, list, read, update, delete, and how full they are.
import type { FastifyInstance } from 'fastify'
import { jsonBody, uuidParam } from '../kit/fields.ts'
import { queryOf } from '../kit/query.ts'
import { percent, levelOf } from './capacity.ts'
import { readLocation, readLocationChange } from './location-draft.ts'
import {
  capacityJson,
  createLocation,
  deleteLocation,
  listLocations,
  locationById,
  locationJson,
  updateLocation,
  type LocationRow,
} from './location-store.ts'
import { zoneOf } from './zone-param.ts'
import { success, type StorageWorld } from './world.ts'

/** The routes under /storage/locations, and those that look at all of them. */
export function locationRoutes(app: FastifyInstance, world: StorageWorld): void {
  const { query } = world.database
  app.post('/storage/locations', async (request, reply) => {
    const row = await createLocation(world, readLocation(jsonBody(request)))
    return reply.status(201).send(success(locationJson(row)))
  })
  app.get('/storage/locations', async (request) => {
    const wish = queryOf(request, 'validation')
    const zone = wish.text('temperature_zone')
    const rows = await listLocations(query, zone === null ? null : zoneOf(zone), wish.text('location_type'))
    return success(rows.map(locationJson))
  })
  app.get('/storage/locations/:id', async (request) => {
    return success(locationJson(await locationById(query, uuidParam(request))))
  })
  app.put('/storage/locations/:id', async (request) => {
    const row = await updateLocation(world, uuidParam(request), readLocationChange(jsonBody(request)))
    return success(locationJson(row))
  })
  app.delete('/storage/locations/:id', async (request) => {
    await deleteLocation(world, uuidParam(request))
    return success('Location deleted successfully')
  })
  app.get('/storage/locations/:id/capacity', async (request) => {
    return success(capacityJson(await locationById(query, uuidParam(request)), world))
  })
  app.get('/storage/capacity/summary', async () => {
    const rows = await listLocations(query, null, null)
    return success(rows.map((row) => summaryOf(row, world)))
  })
  app.get('/storage/utilization', async () => success(utilizationOf(await listLocations(query, null, null))))
}

function summaryOf(row: LocationRow, { thresholds }: StorageWorld): object {
  return {
    id: row.id,
    name: row.name,
    location_type: row.location_type,
    capacity: row.max_capacity,
    occupied_count: row.samples,
    available_count: row.max_capacity - row.samples,
    utilization_percentage: percent(row.samples, row.max_capacity),
    capacity_status: levelOf(row.samples, row.max_capacity, thresholds),
    temperature_zone: row.temperature_zone,
    status: row.status,
    created_at: row.created_at,
    updated_at: row.updated_at,
  }
}

/** How full the whole storage is, and its zones and kinds of locations. */
function utilizationOf(rows: readonly LocationRow[]): object {
  const by = (key: 'temperature_zone' | 'location_type'): object => {
    const groups = Object.groupBy(rows, (row) => row[key])
    return Object.fromEntries(Object.entries(groups).map(([name, group]) => [name, totalsOf(group ?? [])]))
  }
  return { ...totalsOf(rows), by_temperature_zone: by('temperature_zone'), by_location_type: by('location_type') }
}

function totalsOf(rows: readonly LocationRow[]): object {
  const sum = (read: (row: LocationRow) => number): number => rows.reduce((total, row) => total + read(row), 0)
  const [capacity, slots, samples] = [
    sum((row) => row.max_capacity),
    sum((row) => row.slots),
    sum((row) => row.samples),
  ]
  return {
    total_locations: rows.length,
    total_capacity: capacity,
    total_positions: slots,
    occupied_count: samples,
    available_count: slots - samples,
    utilization_percentage: percent(samples, capacity),
  }
}
