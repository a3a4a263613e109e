// What a laboratory asks of the sample service through the gateway, and what it promises to answer.
import { get, post, put, remove } from './desk.ts'
import type { Desk } from './desk.ts'
import { aFilledList, aUuid, granted, refused } from './expectation.ts'
import type { Wanted } from './expectation.ts'
import type { Ask, Row } from './operation.ts'

export interface NewSample {
  readonly barcode: string
  readonly name: string
  readonly sample_type: string
}

const SAMPLES = '/api/samples'
const SAMPLE_TYPES = ['DNA', 'RNA', 'Protein', 'Blood', 'Tissue', 'Saliva'] as const

/** A sample of this name, of a type that follows from it. */
export function sampleOf(key: string): NewSample {
  const letters = [...key].reduce((sum, letter) => sum + letter.charCodeAt(0), 0)
  const type = SAMPLE_TYPES[letters % SAMPLE_TYPES.length] ?? 'DNA'
  return { barcode: key.toUpperCase(), name: `sample ${key}`, sample_type: type }
}

export function create(desk: Desk, sample: NewSample): Ask {
  const { barcode, name, sample_type } = sample
  const same = { 'data.barcode': barcode, 'data.name': name, 'data.sample_type': sample_type }
  const expect = granted({ success: true, 'data.id': aUuid, 'data.status': 'Pending', ...same })
  return { op: 'sample.create', ...post(desk, SAMPLES, sample), expect, write: rowOf(sample) }
}

export function createDuplicate(desk: Desk, sample: NewSample): Ask {
  const expect = refused(409, { error: 'duplicate_barcode' })
  return { op: 'sample.create-duplicate', ...post(desk, SAMPLES, sample), expect }
}

export function byId(desk: Desk, id: string, wanted: Wanted): Ask {
  const expect = granted({ success: true, 'data.id': id, ...wanted })
  return { op: 'sample.get', ...get(desk, `${SAMPLES}/${id}`), expect }
}

export function byBarcode(desk: Desk, { barcode }: NewSample, wanted: Wanted): Ask {
  const expect = granted({ success: true, 'data.barcode': barcode, ...wanted })
  return { op: 'sample.get-by-barcode', ...get(desk, `${SAMPLES}/barcode/${barcode}`), expect }
}

export function list(desk: Desk): Ask {
  const expect = granted({ success: true, 'data.page': 1, 'data.samples': aFilledList, 'data.samples.0.id': aUuid })
  return { op: 'sample.list', ...get(desk, `${SAMPLES}?page=1&page_size=10`), expect }
}

/** The samples whose name or barcode holds a text, of which there are so many. */
export function search(desk: Desk, text: string, count: number): Ask {
  const found = { 'data.total_count': count, 'data.samples.length': Math.min(count, 5) }
  const path = `${SAMPLES}?search=${encodeURIComponent(text)}&page=1&page_size=5`
  return { op: 'sample.search', ...get(desk, path), expect: granted({ success: true, ...found }) }
}

/** The newest pending samples of the type of this one. */
export function listOfType(desk: Desk, { sample_type }: NewSample): Ask {
  const found = { 'data.samples': aFilledList, 'data.samples.0.sample_type': sample_type }
  const path = `${SAMPLES}?sample_type=${sample_type}&status=Pending&page_size=20`
  return { op: 'sample.list-of-type', ...get(desk, path), expect: granted({ success: true, ...found }) }
}

export function validate(desk: Desk, id: string): Ask {
  const expect = granted({ success: true, 'data.sample_id': id, 'data.is_valid': true })
  return { op: 'sample.validate', ...post(desk, `${SAMPLES}/${id}/validate`), expect }
}

export function move(desk: Desk, id: string, to: string): Ask {
  const expect = granted({ success: true, 'data.id': id, 'data.status': to })
  return { op: 'sample.move', ...put(desk, `${SAMPLES}/${id}/status`, { new_status: to }), expect }
}

/** A move the status table does not have. */
export function moveIllegally(desk: Desk, id: string, to: string): Ask {
  const expect = refused(400, { error: 'invalid_workflow_transition' })
  return { op: 'sample.move-illegal', ...put(desk, `${SAMPLES}/${id}/status`, { new_status: to }), expect }
}

/** Nobody is to work on it any more; its row stays. */
export function withdraw(desk: Desk, id: string): Ask {
  return { op: 'sample.withdraw', ...remove(desk, `${SAMPLES}/${id}`), expect: granted({ success: true }) }
}

export function rowOf({ barcode }: NewSample): Row {
  return { store: 'samples', key: barcode }
}
