// A saga's answer says whether its sample must be there; an answer that does not say so proves nothing.
import { expect, test } from 'vitest'
import { judge } from './expectation.ts'
import { anEnd, anEndInVain, judgeSample, submit, submitInvalid, submitTaken } from './transaction-requests.ts'

const ROW = { store: 'submitted-samples', key: 'B1' }
const DESK = { baseUrl: 'http://gateway', token: 't' }
const SUBMISSION = { correlation: 'c-1', barcode: 'B1', zone: 'freezer' }
const ID = '0b9e2c3a-4d5e-4f60-8a7b-9c0d1e2f3a4b'

test.each([
  [200, 'Completed', 'acknowledged'],
  [200, 'Compensated', 'failed'],
  [200, 'Cancelled', 'failed'],
  [202, 'Executing', 'unknown'],
  [202, 'Compensating', 'unknown'],
  [400, undefined, 'failed'],
  [503, undefined, 'unknown'],
  [0, undefined, 'unknown'],
])('after %i %s the sample is %s', (status, said, type) => {
  expect(judgeSample(ROW, { status, body: { saga_id: ID, status: said }, error: '' }).type).toBe(type)
})

test.each([
  [200, 'Completed', true],
  [202, 'Executing', true],
  [200, 'Compensated', false],
  [202, 'Compensating', false],
])('a submission that is answered with %i %s is good: %s', (status, said, good) => {
  const { expect: wanted } = submit(DESK, SUBMISSION)
  expect(judge(wanted, { status, body: { saga_id: ID, status: said }, error: '' }).good).toBe(good)
})

test('a submission is known by its correlation, and its sample by its barcode', () => {
  const asked = submit(DESK, SUBMISSION)
  expect(asked).toMatchObject({ write: { store: 'sagas', key: 'c-1' }, items: { rows: [ROW] } })
  expect(asked.body).toMatchObject({ correlation_id: 'c-1', sample_data: { barcode: 'B1' } })
  expect([submitTaken(DESK, SUBMISSION).items, submitInvalid(DESK, SUBMISSION).items]).toEqual([undefined, undefined])
})

test('every end but one leaves no sample behind', () => {
  const ends = ['Completed', 'Compensated', 'Failed', 'Cancelled', 'TimedOut', 'Executing', undefined]
  expect(ends.map(anEnd)).toEqual([true, true, true, true, true, false, false])
  expect(ends.map(anEndInVain)).toEqual([false, true, true, true, true, false, false])
})
