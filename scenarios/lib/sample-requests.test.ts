// A batch is not atomic: what became of each of its samples is read from the one answer.
import { expect, test } from 'vitest'
import { createBatch, judgeItem } from './sample-requests.ts'

const rows = ['B1', 'B2', 'B3'].map((key) => ({ store: 'samples', key }))
const mixed = {
  success: true,
  data: {
    created_samples: [{ barcode: 'B1' }],
    failed_samples: [{ index: 1, sample_data: { barcode: 'B2' }, error: 'duplicate_barcode' }],
    total_created: 1,
    total_failed: 1,
  },
}

test('every row of a batch is judged by itself', () => {
  expect(rows.map((row) => judgeItem(row, { status: 200, body: mixed, error: '' }))).toEqual([
    { type: 'acknowledged', good: true },
    { type: 'failed', good: false, why: 'duplicate_barcode' },
    { type: 'unknown', good: false, why: 'neither among the created nor among the failed samples' },
  ])
})

test.each([
  [0, undefined, 'unknown'],
  [500, { error: 'database_error' }, 'unknown'],
  [429, { error: 'resource_limit_exceeded' }, 'failed'],
  [200, undefined, 'unknown'],
])('a batch that ended with %i %j leaves every row %s', (status, body, type) => {
  expect(rows.map((row) => judgeItem(row, { status, body, error: '' }).type)).toEqual([type, type, type])
})

test('the rows of a batch are the samples that are sent', () => {
  const samples = ['B1', 'B2'].map((barcode) => ({ barcode, name: barcode, sample_type: 'DNA' }))
  const asked = createBatch({ samples: 'http://gateway/api/samples', token: 't' }, samples)
  expect(asked.items?.rows).toEqual(rows.slice(0, 2))
  expect(asked).toMatchObject({ url: 'http://gateway/api/samples/batch', body: { samples } })
})
