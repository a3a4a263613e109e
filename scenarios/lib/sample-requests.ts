// What a laboratory asks of the sample service through the gateway, and what it promises to answer.
import { aFilledList, aUuid, at, granted, judge, refused } from './expectation.ts'
import type { Answer, Judgement, Wanted } from './expectation.ts'
import type { Ask, Row } from './operation.ts'

/** Every request has this much in common: the samples of a system, and the token of who asks. */
export interface Bench {
  readonly samples: string
  readonly token: string
}

export interface NewSample {
  readonly barcode: string
  readonly name: string
  readonly sample_type: string
}

export function benchOf(baseUrl: string, token: string): Bench {
  return { samples: `${baseUrl}/api/samples`, token }
}

export function create(bench: Bench, sample: NewSample): Ask {
  const { barcode, name, sample_type } = sample
  const same = { 'data.barcode': barcode, 'data.name': name, 'data.sample_type': sample_type }
  const expect = granted({ success: true, 'data.id': aUuid, 'data.status': 'Pending', ...same })
  return { op: 'sample.create', ...post(bench, '', sample), expect, write: rowOf(sample) }
}

export function createDuplicate(bench: Bench, sample: NewSample): Ask {
  const expect = refused(409, { error: 'duplicate_barcode' })
  return { op: 'sample.create-duplicate', ...post(bench, '', sample), expect }
}

/** Each sample of the batch leaves lines of its own, for the service creates them one by one. */
export function createBatch(bench: Bench, samples: readonly NewSample[]): Ask {
  return {
    op: 'sample.batch',
    ...post(bench, '/batch', { samples }),
    expect: granted({ success: true, 'data.total_created': samples.length, 'data.total_failed': 0 }),
    items: { op: 'sample.batch-item', rows: samples.map(rowOf), judge: judgeItem },
  }
}

export function byId(bench: Bench, id: string, wanted: Wanted): Ask {
  return { op: 'sample.get', ...get(bench, `/${id}`), expect: granted({ success: true, 'data.id': id, ...wanted }) }
}

export function byBarcode(bench: Bench, barcode: string, id: string): Ask {
  const expect = granted({ success: true, 'data.id': id, 'data.barcode': barcode })
  return { op: 'sample.get-by-barcode', ...get(bench, `/barcode/${barcode}`), expect }
}

export function list(bench: Bench): Ask {
  const expect = granted({ success: true, 'data.page': 1, 'data.samples': aFilledList, 'data.samples.0.id': aUuid })
  return { op: 'sample.list', ...get(bench, '?page=1&page_size=10'), expect }
}

export function validate(bench: Bench, id: string): Ask {
  const expect = granted({ success: true, 'data.sample_id': id, 'data.is_valid': true })
  return { op: 'sample.validate', ...post(bench, `/${id}/validate`), expect }
}

export function move(bench: Bench, id: string, to: string): Ask {
  const expect = granted({ success: true, 'data.id': id, 'data.status': to })
  return { op: 'sample.move', ...putStatus(bench, id, to), expect }
}

/** A move the status table does not have. */
export function moveIllegally(bench: Bench, id: string, to: string): Ask {
  const expect = refused(400, { error: 'invalid_workflow_transition' })
  return { op: 'sample.move-illegal', ...putStatus(bench, id, to), expect }
}

/** One sample of a batch: created when listed as created, refused when listed as failed, else nobody knows. */
export function judgeItem({ key }: Row, answer: Answer): Judgement {
  const whole = judge(granted({}), answer)
  if (whole.type !== 'acknowledged') return whole
  const created = listAt(answer.body, 'data.created_samples').some((sample) => at(sample, 'barcode') === key)
  if (created) return { type: 'acknowledged', good: true }
  const failed = listAt(answer.body, 'data.failed_samples').find((sample) => at(sample, 'sample_data.barcode') === key)
  if (failed !== undefined) return { type: 'failed', good: false, why: String(at(failed, 'error')) }
  return { type: 'unknown', good: false, why: 'neither among the created nor among the failed samples' }
}

function get({ samples, token }: Bench, path: string) {
  return { method: 'GET', url: `${samples}${path}`, token } as const
}

function post({ samples, token }: Bench, path: string, body?: unknown) {
  return { method: 'POST', url: `${samples}${path}`, token, body } as const
}

function putStatus({ samples, token }: Bench, id: string, status: string) {
  return { method: 'PUT', url: `${samples}/${id}/status`, token, body: { new_status: status } } as const
}

function rowOf({ barcode }: NewSample): Row {
  return { store: 'samples', key: barcode }
}

function listAt(body: unknown, path: string): readonly unknown[] {
  const found = at(body, path)
  return Array.isArray(found) ? found : []
}
