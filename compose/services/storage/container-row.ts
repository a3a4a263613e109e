// A container as stored and as answered.
import { levelOf, percent, type Thresholds } from './capacity.ts'
import type { ContainerType } from './container-draft.ts'
import type { Dimensions } from './grid.ts'
import type { Zone } from './zones.ts'

/** A row of storage.containers with the positions and samples in it, at any depth. */
export interface ContainerRow {
  readonly id: string
  readonly name: string
  readonly container_type: ContainerType
  readonly parent_container_id: string | null
  readonly location_id: string | null
  readonly grid_row: number | null
  readonly grid_column: number | null
  readonly dimensions: Dimensions | null
  readonly capacity: number
  readonly temperature_zone: Zone
  readonly barcode: string | null
  readonly description: string | null
  readonly status: string
  readonly container_metadata: unknown
  readonly access_restrictions: unknown
  readonly created_at: Date
  readonly updated_at: Date
  readonly created_by: string | null
  readonly slots: number
  readonly samples: number
}

/** The JSON form of a container. */
export function containerJson(row: ContainerRow): object {
  return {
    id: row.id,
    name: row.name,
    container_type: row.container_type,
    parent_container_id: row.parent_container_id,
    location_id: row.location_id,
    grid_position: gridOf(row),
    dimensions: row.dimensions,
    capacity: row.capacity,
    occupied_count: row.samples,
    temperature_zone: row.temperature_zone,
    barcode: row.barcode,
    description: row.description,
    status: row.status,
    container_metadata: row.container_metadata,
    access_restrictions: row.access_restrictions,
    created_at: row.created_at,
    updated_at: row.updated_at,
    created_by: row.created_by,
  }
}

/** Where a container stands in its parent. */
export function gridOf({ grid_row: row, grid_column: column }: Pick<ContainerRow, 'grid_row' | 'grid_column'>) {
  return row === null || column === null ? null : { row, column }
}

/** How full a container is. */
export function capacityInfo({ capacity, samples }: ContainerRow, thresholds: Thresholds): object {
  return {
    total_capacity: capacity,
    occupied_count: samples,
    available_count: capacity - samples,
    utilization_percentage: percent(samples, capacity),
    capacity_status: levelOf(samples, capacity, thresholds),
  }
}
