// Many samples in one request: what a laboratory sends as a list, and what it promises to say of every entry.
import { post } from './desk.ts'
import type { Desk } from './desk.ts'
import { at, granted, judge, listAt, refused } from './expectation.ts'
import type { Answer, Judgement, Wanted } from './expectation.ts'
import type { Ask, Row } from './operation.ts'
import { rowOf } from './sample-requests.ts'
import type { NewSample } from './sample-requests.ts'

/** What must become of an entry: it is new, it is refused, or another list may have been first. */
export type Fate = 'new' | 'refused' | 'contested'

export interface Entry {
  readonly sample: NewSample
  readonly fate: Fate
}

const BATCH = '/api/samples/batch'
/** One more than the documented limit. */
const TOO_MANY = 101

export function entriesOf(samples: readonly NewSample[], fate: Fate): readonly Entry[] {
  return samples.map((sample) => ({ sample, fate }))
}

export function createBatch(desk: Desk, samples: readonly NewSample[]): Ask {
  return sendList(desk, 'sample.batch', entriesOf(samples, 'new'))
}

/** Each entry leaves lines of its own, for the service creates them one by one, and one that fails stops no other. */
export function sendList(desk: Desk, op: string, entries: readonly Entry[]): Ask {
  const samples = entries.map(({ sample }) => sample)
  const rows = samples.map(rowOf)
  return {
    op,
    ...post(desk, BATCH, { samples }),
    expect: granted({ success: true, ...countsOf(entries) }),
    items: { op: `${op}-item`, rows, judge: (_, answer, index) => judgeEntry(entries, index, answer) },
  }
}

function countsOf(entries: readonly Entry[]): Wanted {
  const count = (fate: Fate) => entries.filter((entry) => entry.fate === fate).length
  if (count('contested') === 0) return { 'data.total_created': count('new'), 'data.total_failed': count('refused') }
  return {
    data: function tellsOfEveryEntry(data) {
      return Number(at(data, 'total_created')) + Number(at(data, 'total_failed')) === entries.length
    },
  }
}

/** More than one request may bring: refused as a whole, and witnesses show that none of it was stored. */
export function createTooMany(desk: Desk, sampleOf: (index: number) => NewSample): Ask {
  const samples = Array.from({ length: TOO_MANY }, (_, index) => sampleOf(index))
  const expect = refused(429, { error: 'resource_limit_exceeded' })
  const rows = [0, Math.floor(TOO_MANY / 2), TOO_MANY - 1].flatMap((index) => samples[index] ?? []).map(rowOf)
  const op = 'sample.batch-too-large'
  const items = { op: `${op}-item`, rows, judge: (_: Row, answer: Answer) => judge(expect, answer) }
  return { op, ...post(desk, BATCH, { samples }), expect, items }
}

export function validateBatch(desk: Desk, ids: readonly string[]): Ask {
  const all = { 'data.overall_valid': true, 'data.total_samples': ids.length, 'data.invalid_samples': 0 }
  const asked = post(desk, `${BATCH}/validate`, { sample_ids: ids })
  return { op: 'sample.batch-validate', ...asked, expect: granted({ success: true, ...all }) }
}

/** One entry of a list: refused when listed as failed, created when listed as created, else nobody knows. */
export function judgeEntry(entries: readonly Entry[], index: number, answer: Answer): Judgement {
  const whole = judge(granted({}), answer)
  if (whole.type !== 'acknowledged') return whole
  const { sample, fate } = entries[index] ?? {}
  const failed = listAt(answer.body, 'data.failed_samples').find((one) => at(one, 'index') === index)
  if (failed !== undefined && fate !== 'new') return { type: 'failed', good: true }
  if (failed !== undefined) return { type: 'failed', good: false, why: String(at(failed, 'error')) }
  const created = listAt(answer.body, 'data.created_samples').some((one) => at(one, 'barcode') === sample?.barcode)
  if (!created) return { type: 'unknown', good: false, why: 'neither among the created nor among the failed samples' }
  if (fate !== 'refused') return { type: 'acknowledged', good: true }
  return { type: 'acknowledged', good: false, why: 'created, though it had to be refused' }
}
