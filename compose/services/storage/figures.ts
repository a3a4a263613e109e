// The JSON figures of GET /health/metrics; with the database away they are zeros.
import { DatabaseUnavailable } from '../kit/pool.ts'
import { overview, type Overview } from './analytics.ts'
import type { StorageWorld } from './world.ts'

const NOTHING: Overview = {
  total_locations: 0,
  total_containers: 0,
  total_positions: 0,
  stored_samples: 0,
  assigned_last_24h: 0,
  removed_last_24h: 0,
  total_sensors: 0,
  open_alerts: 0,
  locations_out_of_range: 0,
}

/** The figures of the whole storage. */
export async function figures({ database, settings }: Omit<StorageWorld, 'callerOf'>): Promise<object> {
  const metrics = await overview(database.query).catch((error: unknown) => {
    if (error instanceof DatabaseUnavailable) return NOTHING
    throw error
  })
  return { service: settings.service, timestamp: new Date().toISOString(), metrics }
}
