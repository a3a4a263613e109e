// Which invariants a drill stands for, and how long they may take.
import { expect, test } from 'vitest'
import { criteriaOf, drillSchema } from './drill.ts'
import type { Drill } from './drill.ts'
import { invariantSchema, invariantsOf, settleMsOf } from './invariant.ts'
import type { Invariants } from './invariant.ts'

const database = { service: 'db', url: 'postgres://db/shop', query: 'select 1 as key' }
const ALL: Invariants = {
  everywhere: database,
  'buying only': { ...database, scenarios: ['buy'] },
  'looking only': { ...database, scenarios: ['look', 'browse'] },
}

test('those of a load are those for it and those for every load', () => {
  expect(invariantsOf('buy', ALL)).toEqual(['everywhere', 'buying only'])
  expect(invariantsOf('sell', ALL)).toEqual(['everywhere'])
  expect(invariantsOf('buy')).toEqual([])
})

test.each([
  [undefined, 1, 0],
  ['0s', 40, 0],
  ['2m', 1, 120_000],
  ['2m', 40, 3_000],
  ['10s', 40, 2_000],
] as const)('settle %s, accelerated %i times, is %i ms', (settle, acceleration, ms) => {
  expect(settleMsOf({ ...database, ...(settle && { settle }) }, acceleration)).toBe(ms)
})

test.each([
  { ...database, query: '' },
  { ...database, settle: '5' },
  { ...database, scenarios: [] },
  { ...database, counts: '' },
  { ...database, setle: '5s' },
])('%j is refused', (mistaken) => {
  expect(invariantSchema.safeParse(mistaken).success).toBe(false)
})

test('the criteria of a drill name every invariant that is to be looked at', () => {
  const drill: Drill = { title: 'Is the data whole?', load: { scenario: 'buy', rate: '5/s', floor: '2/s' }, criteria: [{ kind: 'invariants-hold' }] }
  const namesIn = (text: Drill, invariants?: Invariants) => {
    const criteria = criteriaOf({ ...drillSchema.parse(text), name: 'x', file: 'x.ts' }, { watched: true, invariants })
    return criteria.flatMap((criterion) => (criterion.kind === 'invariants-hold' ? [criterion.only] : []))
  }
  expect(namesIn(drill, ALL)).toEqual([['everywhere', 'buying only']])
  expect(namesIn({ ...drill, criteria: [{ kind: 'invariants-hold', only: ['buying only'] }] }, ALL)).toEqual([['buying only']])
  expect(namesIn(drill)).toEqual([[]])
})
