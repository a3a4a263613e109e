// What a laboratory asks of the storage service through the gateway: boxes, the places of samples in them, and figures.
import { get, post, put } from './desk.ts'
import type { Desk } from './desk.ts'
import { aCount, aFilledList, aTime, aUuid, contested, granted, refused } from './expectation.ts'
import type { Wanted } from './expectation.ts'
import type { Ask, Row } from './operation.ts'

/** A sample and the position it is in or is wanted in; both are ids. */
export interface Placement {
  readonly sample: string
  readonly position: string
}

const STORAGE = '/api/storage'
const SAMPLES = `${STORAGE}/samples`
const OCCUPIED = { error: 'Position is already occupied' }
const STORED_ELSEWHERE = { error: 'Sample is already assigned to another position' }

export interface NewBox {
  readonly barcode: string
  readonly rack: string
  readonly zone: string
  readonly rows: number
  readonly columns: number
}

/** A box whose positions are made with it. */
export function createBox(desk: Desk, { barcode, rack, zone, rows, columns }: NewBox): Ask {
  const dimensions = { rows, columns }
  const about = { name: `box ${barcode}`, container_type: 'box', parent_container_id: rack, barcode }
  const same = { 'data.parent_container_id': rack, 'data.barcode': barcode, 'data.temperature_zone': zone }
  const expect = granted({ success: true, 'data.id': aUuid, 'data.capacity': rows * columns, ...same })
  const body = { ...about, dimensions, create_positions: true }
  const write = { store: 'storage-boxes', key: barcode }
  return { op: 'storage.create-box', ...post(desk, `${STORAGE}/containers`, body), expect, write }
}

/** The grid of a new box: as many places as it was made with, all of them free. */
export function grid(desk: Desk, box: string, places: number): Ask {
  const free = { 'data.positions.0.is_occupied': false, 'data.positions.0.container_id': aUuid }
  const all = { 'data.grid_dimensions.total_positions': places, 'data.positions.length': places }
  const expect = granted({ success: true, 'data.container_id': box, ...all, ...free })
  return { op: 'storage.grid', ...get(desk, `${STORAGE}/containers/${box}/grid`), expect }
}

export function assign(desk: Desk, wish: Placement): Ask {
  return { op: 'storage.assign', ...assignment(desk, wish), expect: granted(placed(wish)) }
}

/** Somebody else's sample for a position that is taken. */
export function assignOccupied(desk: Desk, wish: Placement): Ask {
  return { op: 'storage.assign-occupied', ...assignment(desk, wish), expect: refused(400, OCCUPIED) }
}

/** A second position for a sample that has one. */
export function assignTwice(desk: Desk, wish: Placement): Ask {
  return { op: 'storage.assign-twice', ...assignment(desk, wish), expect: refused(400, STORED_ELSEWHERE) }
}

/** One of several samples that are put into the same position at the same time. */
export function assignContested(desk: Desk, wish: Placement): Ask {
  return { op: 'storage.assign-contested', ...assignment(desk, wish), expect: contested(placed(wish), 400, OCCUPIED) }
}

function assignment(desk: Desk, wish: Placement) {
  const body = { sample_id: wish.sample, container_id: wish.position, storage_conditions: { light: 'dark' } }
  return { ...post(desk, `${SAMPLES}/assign`, body), write: rowOf(wish) }
}

function placed({ sample, position }: Placement): Wanted {
  return { success: true, 'data.sample_id': sample, 'data.container_id': position, 'data.status': 'occupied' }
}

export function move(desk: Desk, wish: Placement): Ask {
  const asked = put(desk, `${SAMPLES}/${wish.sample}/move`, { new_container_id: wish.position, reason: 'space' })
  return { op: 'storage.move', ...asked, expect: granted(placed(wish)), write: rowOf(wish) }
}

export function retrieve(desk: Desk, { sample, position }: Placement): Ask {
  const left = { 'data.container_id': position, 'data.status': 'available', 'data.removed_at': aTime }
  const write = { ...rowOf({ sample, position }), store: 'retrievals' }
  return { op: 'storage.retrieve', ...retrieval(desk, sample), expect: granted({ success: true, ...left }), write }
}

export function retrieveAgain(desk: Desk, sample: string): Ask {
  return { op: 'storage.retrieve-again', ...retrieval(desk, sample), expect: refused(404, { error: 'Sample not found' }) }
}

function retrieval(desk: Desk, sample: string) {
  return post(desk, `${SAMPLES}/${sample}/retrieve`, { reason: 'analysis' })
}

export function whereIs(desk: Desk, { sample, position }: Placement, zone: string): Ask {
  const there = { 'data.sample_id': sample, 'data.container_id': position, 'data.temperature_zone': zone }
  const asked = get(desk, `${SAMPLES}/${sample}/location`)
  return { op: 'storage.where', ...asked, expect: granted({ success: true, ...there }) }
}

/** Freezer, rack, box and position: four levels down. */
export function whereExactly(desk: Desk, { sample, position }: Placement): Ask {
  const there = { 'data.container_id': position, 'data.position_status': 'occupied', 'data.path.length': 4 }
  const path = `${SAMPLES}/${sample}/location-detailed`
  return { op: 'storage.where-exactly', ...get(desk, path), expect: granted({ success: true, ...there }) }
}

/** The way of a sample that was assigned, moved and taken out, latest first. */
export function custody(desk: Desk, sample: string): Ask {
  const way = { 'data.chain_of_custody.length': 3, 'data.chain_of_custody.0.action': 'retrieved' }
  const expect = granted({ success: true, 'data.status': 'retrieved', 'data.position': null, ...way })
  return { op: 'storage.custody', ...get(desk, `${SAMPLES}/${sample}`), expect }
}

export function available(desk: Desk, zone: string): Ask {
  const path = `${STORAGE}/containers/available?temperature_zone=${zone}&per_page=5`
  const free = { data: aFilledList, 'data.0.temperature_zone': zone, 'data.0.occupied_count': 0 }
  return { op: 'storage.available', ...get(desk, path), expect: granted({ success: true, ...free }) }
}

export function capacity(desk: Desk, location: string): Ask {
  const path = `${STORAGE}/locations/${location}/capacity`
  const room = { 'data.location_id': location, 'data.current_capacity': aCount, 'data.status': 'normal' }
  return { op: 'storage.capacity', ...get(desk, path), expect: granted({ success: true, ...room }) }
}

/** The figures of the whole storage, its sensors and a location: one of them, each in its turn. */
export function figures(desk: Desk, location: string, turn: number): Ask {
  const prediction = `/api/analytics/capacity/prediction?location_id=${location}`
  const all: readonly (readonly [op: string, path: string, wanted: Wanted])[] = [
    ['storage.utilization', `${STORAGE}/utilization`, { 'data.total_positions': aCount }],
    ['storage.summary', `${STORAGE}/capacity/summary`, { data: aFilledList }],
    ['iot.health', '/api/iot/health', { 'data.total_sensors': aCount }],
    ['analytics.overview', '/api/analytics/overview', { 'data.stored_samples': aCount }],
    ['analytics.sample-flow', '/api/analytics/sample-flow?period_days=2', { 'data.days.length': 2 }],
    ['analytics.prediction', prediction, { 'data.location_id': location }],
  ]
  const [op, path, wanted] = all[turn % all.length] ?? ['', '', {}]
  return { op, ...get(desk, path), expect: granted({ success: true, ...wanted }) }
}

function rowOf({ sample, position }: Placement): Row {
  return { store: 'placements', key: `${sample}@${position}` }
}
