// Looks at all locations now and then: renews the gauges, tells when one becomes fuller, forgets old readings.
import { untraced } from '../kit/span.ts'
import { isFuller, levelOf, percent, type CapacityLevel } from './capacity.ts'
import { listLocations, type LocationRow } from './location-store.ts'
import type { StorageMetrics } from './storage-metrics.ts'
import type { StorageWorld } from './world.ts'

/** The watch over the locations. */
export interface Watch {
  look(): Promise<void>
  start(): void
  stop(): void
}

/** Creates the watch; `failed` hears of looks that came to nothing. */
export function createWatch(
  world: Omit<StorageWorld, 'callerOf'>,
  metrics: StorageMetrics,
  failed: (error: Error) => void,
): Watch {
  let timer: NodeJS.Timeout | undefined
  let looking = false
  const look = async (): Promise<void> => {
    const rows = await listLocations(world.database.query, null, null)
    // nobody can put anything into what was given up
    metrics.show(rows.filter(({ status }) => status !== 'decommissioned'), Date.now())
    for (const row of rows) await judge(world, row)
    await forget(world)
  }
  const turn = async (): Promise<void> => {
    // On a slow database one look at a time is enough.
    if (looking) return
    looking = true
    await untraced(look).catch(failed)
    looking = false
  }
  return {
    look,
    start: () => {
      timer = setInterval(() => void turn(), world.settings.watchEvery)
    },
    stop: () => clearInterval(timer),
  }
}

/** The level is changed only from what it was, so that of several watches one tells of it. */
const CHANGE = 'update storage.locations set capacity_level = $2 where id = $1 and capacity_level = $3 returning id'

async function judge(
  { database, outbox, thresholds }: Omit<StorageWorld, 'callerOf'>,
  row: LocationRow,
): Promise<void> {
  const from = row.capacity_level as CapacityLevel
  const level = levelOf(row.samples, row.max_capacity, thresholds)
  if (level === from) return
  await database.transaction(async (query) => {
    const [changed] = await query(CHANGE, [row.id, level, from])
    if (changed === undefined || !isFuller(from, level)) return
    const { id: location_id, name, samples: occupied_count, max_capacity } = row
    const utilization_percentage = percent(occupied_count, max_capacity)
    const payload = { location_id, name, level, occupied_count, max_capacity, utilization_percentage }
    await outbox.add(query, { type: 'storage.capacity_warning', payload, subject: location_id })
  })
}

/** How many readings one look forgets, so that it never holds the table for long. */
const FORGET_AT_ONCE = 1000
const FORGET = `delete from storage.sensor_readings where id in (
  select id from storage.sensor_readings where received_at < now() - make_interval(secs => $1) limit ${FORGET_AT_ONCE}
)`

async function forget({ database, settings }: Omit<StorageWorld, 'callerOf'>): Promise<void> {
  await database.query(FORGET, [settings.readingRetention / 1000])
}
