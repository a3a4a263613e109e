// What a laboratory asks of the sample service through the gateway, and what it promises to answer.
import { aFilledList, aUuid, at, granted, judge, refused } from './expectation.ts'
import type { Answer, Judgement, Wanted } from './expectation.ts'
import type { Ask, Row } from './operation.ts'

export const SAMPLE_TYPES = ['DNA', 'RNA', 'Protein', 'Blood', 'Tissue', 'Saliva'] as const

export interface NewSample {
  readonly barcode: string
  readonly name: string
  readonly sample_type: string
}

export interface SampleRequests {
  create(sample: NewSample): Ask
  createDuplicate(sample: NewSample): Ask
  createBatch(samples: readonly NewSample[]): Ask
  byId(id: string, wanted: Wanted): Ask
  byBarcode(barcode: string, id: string): Ask
  list(): Ask
  validate(id: string): Ask
  move(id: string, to: string): Ask
  moveIllegally(id: string, to: string): Ask
}

/** All requests as the bearer of `token`. */
export function sampleRequests(baseUrl: string, token: string): SampleRequests {
  const samples = `${baseUrl}/api/samples`
  const get = (op: string, path: string, wanted: Wanted): Ask => ({ op, method: 'GET', url: `${samples}${path}`, token, expect: granted(wanted) })
  const move = (id: string, to: string) => ({ method: 'PUT', url: `${samples}/${id}/status`, token, body: { new_status: to } }) as const
  const create = (body: NewSample) => ({ method: 'POST', url: samples, token, body }) as const
  return {
    create: (sample) => ({
      op: 'sample.create',
      ...create(sample),
      expect: granted({ success: true, 'data.id': aUuid, 'data.barcode': sample.barcode, 'data.name': sample.name, 'data.sample_type': sample.sample_type, 'data.status': 'Pending' }),
      write: rowOf(sample),
    }),
    createDuplicate: (sample) => ({ op: 'sample.create-duplicate', ...create(sample), expect: refused(409, { error: 'duplicate_barcode' }) }),
    createBatch: (batch) => ({
      op: 'sample.batch',
      method: 'POST',
      url: `${samples}/batch`,
      token,
      body: { samples: batch },
      expect: granted({ success: true, 'data.total_created': batch.length, 'data.total_failed': 0 }),
      items: { op: 'sample.batch-item', rows: batch.map(rowOf), judge: judgeItem },
    }),
    byId: (id, wanted) => get('sample.get', `/${id}`, { success: true, 'data.id': id, ...wanted }),
    byBarcode: (barcode, id) => get('sample.get-by-barcode', `/barcode/${barcode}`, { success: true, 'data.id': id, 'data.barcode': barcode }),
    list: () => get('sample.list', '?page=1&page_size=10', { success: true, 'data.page': 1, 'data.samples': aFilledList, 'data.samples.0.id': aUuid }),
    validate: (id) => ({
      op: 'sample.validate',
      method: 'POST',
      url: `${samples}/${id}/validate`,
      token,
      expect: granted({ success: true, 'data.sample_id': id, 'data.is_valid': true }),
    }),
    move: (id, to) => ({ op: 'sample.move', ...move(id, to), expect: granted({ success: true, 'data.id': id, 'data.status': to }) }),
    moveIllegally: (id, to) => ({ op: 'sample.move-illegal', ...move(id, to), expect: refused(400, { error: 'invalid_workflow_transition' }) }),
  }
}

function rowOf({ barcode }: NewSample): Row {
  return { store: 'samples', key: barcode }
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

function listAt(body: unknown, path: string): readonly unknown[] {
  const list = at(body, path)
  return Array.isArray(list) ? list : []
}
