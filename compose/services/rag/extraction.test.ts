// Outcomes: sections as documented, and a score that says how complete and how sure they are.
import { expect, it } from 'vitest'
import { outcomeOf } from './extraction.ts'

function field(section: string, name: string, confidence = 1) {
  return { section, name, value: `a ${name}`, confidence }
}

const COMPLETE = [
  field('administrative', 'submitter_email'),
  field('administrative', 'submitter_name'),
  field('sample', 'sample_id'),
  field('sample', 'sample_type'),
  field('sample', 'concentration'),
  field('sample', 'volume'),
]

it('a complete form has score 1', () => {
  const { data, score, samples } = outcomeOf({ fields: COMPLETE, samples: ['a', 'b'] })
  expect([score, samples]).toEqual([1, 2])
  expect(data.administrative).toEqual({ submitter_email: 'a submitter_email', submitter_name: 'a submitter_name' })
  expect(data).toMatchObject({ sequencing: {}, storage: {}, confidence: { volume: 1 } })
})

it('what is missing or unsure lowers the score', () => {
  const fields = [field('sample', 'sample_id', 0.8), field('sample', 'volume'), field('storage', 'temperature')]
  expect(outcomeOf({ fields, samples: [] })).toMatchObject({ score: 0.3, samples: 1 })
})

it('without a sample id no sample was found', () => {
  expect(outcomeOf({ fields: [], samples: ['a'] })).toMatchObject({ score: 0, samples: 0 })
})
