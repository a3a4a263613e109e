// The storage's own metrics, set anew at each look at the locations.
import { Gauge } from 'prom-client'
import type { Metrics } from '../kit/metrics.ts'
import type { LocationRow } from './location-store.ts'
import { ZONES, ZONE_NAMES } from './zones.ts'

/** Shows what the locations are like. */
export interface StorageMetrics {
  show(rows: readonly LocationRow[], now: number): void
}

/** Exports the storage's metrics. */
export function createStorageMetrics({ registry }: Metrics): StorageMetrics {
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]): Gauge<Label> => {
    return new Gauge({ name, help, labelNames, registers: [registry] })
  }
  const used = gauge('storage_capacity_used', 'Samples in a location.', 'location')
  const total = gauge('storage_capacity_total', 'Samples a location can hold.', 'location')
  const usedSlots = gauge('storage_used_slots', 'Occupied positions of a zone.', 'zone', 'temperature')
  const totalSlots = gauge('storage_total_slots', 'Positions of a zone.', 'zone', 'temperature')
  const celsius = gauge('storage_temperature_celsius', 'The latest temperature of a location.', 'location')
  const target = gauge('storage_temperature_target_celsius', 'The temperature it is meant to have.', 'location')
  const age = gauge('storage_temperature_age_seconds', 'How old the latest temperature of a location is.', 'location')
  const byLocation = [used, total, celsius, target, age]
  return {
    show: (rows, now) => {
      // A location that is gone, or renamed, must not go on being shown as it was last.
      for (const one of byLocation) one.reset()
      for (const row of rows) {
        const location = row.name
        used.set({ location }, row.samples)
        total.set({ location }, row.max_capacity)
        target.set({ location }, row.target_celsius)
        if (row.temperature_celsius === null || row.temperature_at === null) continue
        celsius.set({ location }, row.temperature_celsius)
        age.set({ location }, Math.max(0, now - row.temperature_at.getTime()) / 1000)
      }
      for (const zone of ZONE_NAMES) {
        const labels = { zone, temperature: String(ZONES[zone]) }
        const inside = rows.filter((row) => row.temperature_zone === zone)
        usedSlots.set(
          labels,
          inside.reduce((sum, { samples }) => sum + samples, 0),
        )
        totalSlots.set(
          labels,
          inside.reduce((sum, { slots }) => sum + slots, 0),
        )
      }
    },
  }
}
