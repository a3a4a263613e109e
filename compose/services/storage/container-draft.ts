// Reads what a client wants stored of a container, and refuses what cannot be.
import type { JsonObject } from '../kit/fields.ts'
import { typedFieldsOf, type TypedFields } from '../kit/typed-fields.ts'
import { MAX_SIDE, type Dimensions, type GridPosition } from './grid.ts'
import { readZone } from './location-draft.ts'
import type { Zone } from './zones.ts'

/** What can stand where: each holds the next, and a position holds a sample. */
export const CONTAINER_TYPES = ['freezer', 'rack', 'box', 'position'] as const

/** A kind of container. */
export type ContainerType = (typeof CONTAINER_TYPES)[number]

/** A container to be created; `capacity` counts the positions in it, at any depth. */
export interface ContainerDraft {
  readonly name: string
  readonly container_type: ContainerType
  readonly parent_container_id: string | null
  readonly location_id: string | null
  readonly grid_position: GridPosition | null
  readonly dimensions: Dimensions | null
  readonly capacity: number
  readonly temperature_zone: Zone | null
  readonly barcode: string | null
  readonly description: string | null
  readonly container_metadata: JsonObject | null
  readonly access_restrictions: JsonObject | null
  /** True: a position in each place of its grid is made with it. */
  readonly create_positions: boolean
}

const CAPACITY = { min: 1, max: 1_000_000 }
const SIDE = { min: 1, max: MAX_SIDE }
/** Positions made with one box. */
const MAX_POSITIONS = 1000

/** Reads a container to be created. */
export function readContainer(body: JsonObject): ContainerDraft {
  const fields = typedFieldsOf(body)
  const name = fields.text('name', { min: 1, max: 255 })
  const container_type = readType(fields)
  const dimensions = readDimensions(fields)
  const zone = fields.optionalText('temperature_zone')
  const draft = {
    name,
    container_type,
    dimensions,
    parent_container_id: fields.optionalUuid('parent_container_id'),
    location_id: fields.optionalUuid('location_id'),
    grid_position: readGridPosition(fields),
    capacity: readCapacity(fields, container_type, dimensions),
    temperature_zone: zone === null ? null : readZone(fields, zone),
    barcode: fields.optionalText('barcode', { min: 1, max: 100 }),
    description: fields.optionalText('description'),
    container_metadata: fields.optionalObject('container_metadata'),
    access_restrictions: fields.optionalObject('access_restrictions'),
    create_positions: readCreatePositions(fields, container_type, dimensions),
  }
  fields.done('validation')
  return draft
}

function readType(fields: TypedFields): ContainerType {
  const name = fields.text('container_type')
  const type = CONTAINER_TYPES.find((known) => known === name)
  if (type === undefined) fields.problem(`container_type must be one of ${CONTAINER_TYPES.join(', ')}`)
  return type ?? 'box'
}

function readDimensions(fields: TypedFields): Dimensions | null {
  const body = fields.optionalObject('dimensions')
  if (body === null) return null
  const [rows, columns] = pair(body, 'rows', 'columns')
  if (rows === null || columns === null) fields.problem(`dimensions need rows and columns from 1 to ${MAX_SIDE}`)
  return { rows: rows ?? 1, columns: columns ?? 1 }
}

function readGridPosition(fields: TypedFields): GridPosition | null {
  const body = fields.optionalObject('grid_position')
  if (body === null) return null
  const [row, column] = pair(body, 'row', 'column')
  if (row === null || column === null) fields.problem(`grid_position needs row and column from 1 to ${MAX_SIDE}`)
  return { row: row ?? 1, column: column ?? 1 }
}

function pair(body: JsonObject, first: string, second: string): [number | null, number | null] {
  const side = (value: unknown): number | null => {
    const fits = Number.isInteger(value) && Number(value) >= SIDE.min && Number(value) <= SIDE.max
    return fits ? Number(value) : null
  }
  return [side(body[first]), side(body[second])]
}

function readCapacity(fields: TypedFields, type: ContainerType, grid: Dimensions | null): number {
  const usual = type === 'position' ? 1 : grid && grid.rows * grid.columns
  const capacity = fields.optionalWhole('capacity', CAPACITY) ?? usual
  if (capacity === null) fields.problem('capacity is needed')
  if (type === 'position' && capacity !== 1) fields.problem('a position holds one sample')
  return capacity ?? 1
}

/** Not in the documents, but a box of a hundred places would else take a hundred requests. */
function readCreatePositions(fields: TypedFields, type: ContainerType, grid: Dimensions | null): boolean {
  if (!fields.optionalFlag('create_positions')) return false
  if (type !== 'box' || grid === null) fields.problem('create_positions needs a box with dimensions')
  if (grid !== null && grid.rows * grid.columns > MAX_POSITIONS) {
    fields.problem(`create_positions makes at most ${MAX_POSITIONS} positions`)
  }
  return true
}
