// What a laboratory asks of the library details service through the gateway, and what it promises to answer.
import { get, post, put } from './desk.ts'
import type { Desk } from './desk.ts'
import { aUuid, granted, judge, refused } from './expectation.ts'
import type { Expectation, Wanted } from './expectation.ts'
import type { Ask, Items, Row } from './operation.ts'
import { newUuid } from './uuid.ts'

const LIBRARIES = '/api/libraries'
const QUALITY = '/api/library-details/qc'
/** ng/µL and µL, as made and when diluted: what is in it stays the same. */
const MADE = { concentration: 50, volume: 10 }
export const DILUTED = { concentration: 20, volume: 25 }
/** More than is left after dilution. */
const TOO_MUCH = 30
const ON_A_PLATE = 3

export interface NewLibrary {
  readonly key: string
  /** The ids of what it is made from and how. */
  readonly sample: string
  readonly protocol: string
}

function draftOf({ key, sample, protocol }: NewLibrary) {
  const about = { name: `library ${key}`, library_type: 'dna', sample_id: sample, barcode: `${key}-lib`.toUpperCase() }
  return { ...about, ...MADE, preparation_protocol_id: protocol }
}

type Draft = ReturnType<typeof draftOf>

export function createLibrary(desk: Desk, wish: NewLibrary): Ask {
  const draft = draftOf(wish)
  const expect = granted({ ...draft, id: aUuid, status: 'Pending', quality_score: null })
  return { op: 'library.create', ...post(desk, LIBRARIES, draft), expect, write: rowOf(draft) }
}

/** Several at once are taken as a whole. */
export function createPlate(desk: Desk, wish: NewLibrary): Ask {
  const expect = granted({ length: ON_A_PLATE, '0.id': aUuid, '0.status': 'Pending' })
  return plate(desk, { op: 'library.batch', drafts: draftsOf(wish), expect })
}

/** One of them follows a protocol that nobody knows: none of it may be stored. */
export function createSpoiltPlate(desk: Desk, wish: NewLibrary): Ask {
  const unknown = newUuid()
  const drafts = draftsOf({ ...wish, key: `${wish.key}-spoilt` }).map((draft, index) => {
    return index === ON_A_PLATE - 1 ? { ...draft, preparation_protocol_id: unknown } : draft
  })
  return plate(desk, { op: 'library.batch-spoilt', drafts, expect: refused(400, { 'error.code': 'VALIDATION_ERROR' }) })
}

function draftsOf(wish: NewLibrary): readonly Draft[] {
  return Array.from({ length: ON_A_PLATE }, (_, index) => draftOf({ ...wish, key: `${wish.key}-${index}` }))
}

interface Plate {
  readonly op: string
  readonly drafts: readonly Draft[]
  readonly expect: Expectation
}

/** Each library of a plate is a write of its own, with the outcome of the whole. */
function plate(desk: Desk, { op, drafts, expect }: Plate): Ask {
  const items: Items = { op: `${op}-item`, rows: drafts.map(rowOf), judge: (_, answer) => judge(expect, answer) }
  return { op, ...post(desk, `${LIBRARIES}/batch`, { libraries: drafts }), expect, items }
}

export function library(desk: Desk, id: string, wanted: Wanted): Ask {
  return { op: 'library.get', ...get(desk, `${LIBRARIES}/${id}`), expect: granted({ id, ...wanted }) }
}

export function setStatus(desk: Desk, id: string, status: string): Ask {
  return { op: 'library.set-status', ...put(desk, `${LIBRARIES}/${id}`, { status }), expect: granted({ id, status }) }
}

export interface Measurement {
  readonly metric_type: string
  readonly value: number
  readonly threshold_min: number
  readonly threshold_max: number
}

/** A measurement well within its thresholds. */
export function measure(desk: Desk, id: string, measurement: Measurement): Ask {
  const { metric_type, value } = measurement
  const expect = granted({ id: aUuid, library_id: id, metric_type, value, status: 'Pass' })
  const write = { store: 'library-metrics', key: `${id}:${metric_type}` }
  return { op: 'library.measure', ...post(desk, `${QUALITY}/metrics`, { library_id: id, ...measurement }), expect, write }
}

export function calculate(desk: Desk, id: string, mean: number): Ask {
  const expect = granted({ concentration_mean: mean, success_rate: 1 })
  return { op: 'library.calculate', ...post(desk, `${LIBRARIES}/${id}/calculate`), expect }
}

export function normalize(desk: Desk, id: string): Ask {
  const expect = granted({ id, ...DILUTED, status: 'QualityControl' })
  return { op: 'library.normalize', ...dilution(desk, id, DILUTED.concentration), expect }
}

export function normalizeTooMuch(desk: Desk, id: string): Ask {
  const expect = refused(400, { 'error.code': 'INSUFFICIENT_CONCENTRATION' })
  return { op: 'library.normalize-too-much', ...dilution(desk, id, TOO_MUCH), expect }
}

function dilution(desk: Desk, id: string, target: number) {
  return post(desk, `${LIBRARIES}/${id}/normalize`, { target_concentration: target })
}

/** The worst of so many measurements decides. */
export function report(desk: Desk, id: string, measurements: number): Ask {
  const expect = granted({ library_id: id, overall_status: 'Pass', 'metrics.length': measurements })
  return { op: 'library.report', ...post(desk, `${QUALITY}/reports`, { library_id: id }), expect }
}

function rowOf({ barcode }: Draft): Row {
  return { store: 'libraries', key: barcode }
}
