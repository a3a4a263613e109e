// Sheet rules: each broken one is told, and a sound sheet passes.
import { expect, it } from 'vitest'
import { judgeSheet } from './sheet-rules.ts'
import type { SheetSample } from './sheet-row.ts'

const SAMPLE: SheetSample = {
  sample_id: 's1',
  sample_name: 'one',
  sample_plate: null,
  sample_well: 'A1',
  index1: 'ACGTACGT',
  index2: null,
  project: 'p',
  description: null,
}
const OTHER = { ...SAMPLE, sample_id: 's2', sample_well: 'P24', index1: 'TTGTACGT' }

it('a sound sheet has neither errors nor warnings', () => {
  expect(judgeSheet([SAMPLE, OTHER])).toEqual({ errors: [], warnings: [] })
})

it.each<[string, Partial<SheetSample>, string]>([
  ['an index of other letters', { index1: 'ACGTACGU' }, 's2: index1 ACGTACGU is no sequence of A, C, G, T and N'],
  ['indexes that are taken', { index1: 'ACGTACGT' }, 's2: has the indexes of s1'],
  ['an index of another length', { index1: 'ACGT' }, 'the indexes differ in length: 4+0, 8+0'],
  ['a second index on one alone', { index2: 'AC' }, 'the indexes differ in length: 8+0, 8+2'],
  ['a well that is none', { sample_well: 'Q1' }, 's2: there is no well Q1'],
])('%s', (_what, change, error) => {
  expect(judgeSheet([SAMPLE, { ...OTHER, ...change }]).errors).toEqual([error])
})

it('what is only missing is a warning', () => {
  const { errors, warnings } = judgeSheet([{ ...SAMPLE, sample_well: null, project: '' }])
  expect([errors, warnings]).toEqual([[], ['s1: no well is given', 's1: no project is given']])
})
