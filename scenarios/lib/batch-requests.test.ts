// A batch is not atomic: what became of each of its samples is read from the one answer.
import { expect, test } from 'vitest'
import { createBatch, createTooMany, judgeEntry, sendList } from './batch-requests.ts'
import type { Entry, Fate } from './batch-requests.ts'
import { judge } from './expectation.ts'
import type { Answer } from './expectation.ts'
import { sampleOf } from './sample-requests.ts'

const desk = { baseUrl: 'http://gateway', token: 't' }
const entry = (barcode: string, fate: Fate): Entry => ({ sample: { ...sampleOf('x'), barcode }, fate })
const ok = (data: object): Answer => ({ status: 200, body: { success: true, data }, error: '' })

const mixed = ok({
  created_samples: [{ barcode: 'B1' }],
  failed_samples: [{ index: 1, sample_data: { barcode: 'B2' }, error: 'duplicate_barcode' }],
  total_created: 1,
  total_failed: 1,
})

function judged(entries: readonly Entry[], answer: Answer) {
  return entries.map((_, index) => judgeEntry(entries, index, answer))
}

test('every row of a batch is judged by itself', () => {
  const entries = ['B1', 'B2', 'B3'].map((barcode) => entry(barcode, 'new'))
  expect(judged(entries, mixed)).toEqual([
    { type: 'acknowledged', good: true },
    { type: 'failed', good: false, why: 'duplicate_barcode' },
    { type: 'unknown', good: false, why: 'neither among the created nor among the failed samples' },
  ])
})

test('a row that comes twice in a batch is created once and refused once', () => {
  const failed_samples = [{ index: 1, sample_data: { barcode: 'B1' }, error: 'it exists' }]
  const answer = ok({ created_samples: [{ barcode: 'B1' }], failed_samples })
  expect(judged([entry('B1', 'new'), entry('B1', 'refused')], answer)).toEqual([
    { type: 'acknowledged', good: true },
    { type: 'failed', good: true },
  ])
})

test('a row that had to be refused and was created is bad, and stored', () => {
  expect(judgeEntry([entry('B1', 'refused')], 0, mixed)).toMatchObject({ type: 'acknowledged', good: false })
})

test('of what two lists bring either may be first, but every entry is told of', () => {
  const entries = ['B1', 'B2'].map((barcode) => entry(barcode, 'contested'))
  const asked = sendList(desk, 'race', entries)
  expect(judged(entries, mixed).map(({ good }) => good)).toEqual([true, true])
  expect(judge(asked.expect, mixed)).toMatchObject({ good: true })
  const silent = ok({ created_samples: [{ barcode: 'B1' }], failed_samples: [], total_created: 1, total_failed: 0 })
  expect(judge(asked.expect, silent)).toMatchObject({ good: false, why: expect.stringContaining('tellsOfEveryEntry') })
})

test.each([
  [0, undefined, 'unknown'],
  [500, { error: 'database_error' }, 'unknown'],
  [429, { error: 'resource_limit_exceeded' }, 'failed'],
  [200, undefined, 'unknown'],
])('a batch that ended with %i %j leaves every row %s', (status, body, type) => {
  const entries = ['B1', 'B2'].map((barcode) => entry(barcode, 'new'))
  expect(judged(entries, { status, body, error: '' }).map((row) => row.type)).toEqual([type, type])
})

test('the rows of a batch are the samples that are sent', () => {
  const samples = ['b1', 'b2'].map(sampleOf)
  const asked = createBatch(desk, samples)
  expect(asked.items?.rows).toEqual(['B1', 'B2'].map((key) => ({ store: 'samples', key })))
  expect(asked).toMatchObject({ url: 'http://gateway/api/samples/batch', body: { samples } })
})

test('a batch that is too large leaves witnesses, and none of them may be stored', () => {
  const { body, items } = createTooMany(desk, (index) => sampleOf(`k-${index}`))
  expect((body as { samples: object[] }).samples).toHaveLength(101)
  expect(items?.rows.map(({ key }) => key)).toEqual(['K-0', 'K-50', 'K-100'])
  const refusal = { status: 429, body: { error: 'resource_limit_exceeded' }, error: '' }
  expect(items?.judge({ store: 'samples', key: 'K-0' }, refusal, 0)).toEqual({ type: 'failed', good: true })
})
