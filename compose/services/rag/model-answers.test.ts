// Answers of the model: what makes sense is taken, anything else is none.
import { describe, expect, it } from 'vitest'
import { readAnswer, readExtraction, readJson, tokensUsed } from './model-answers.ts'

const FIELD = { section: 'sample', name: 'volume', value: '3 ul', confidence: 0.8 }

it('reads what makes sense', () => {
  expect(readExtraction({ fields: [FIELD], samples: ['A'] })).toEqual({ fields: [FIELD], samples: ['A'] })
  expect(readAnswer({ answer: 'x', confidence: 0, used: [1] })).toEqual({ answer: 'x', confidence: 0, used: [1] })
  expect([tokensUsed({ usage: { total_tokens: 7 } }), tokensUsed({})]).toEqual([7, 0])
})

describe('is no answer', () => {
  it.each(['', '<html>', '[]', '"x"', 'null'])('%s', (text) => {
    expect(readJson(text)).toBeUndefined()
  })

  it.each([{}, { fields: [{}], samples: [] }, { fields: [{ ...FIELD, confidence: 2 }], samples: [] }, { fields: [] }])(
    'extraction %j',
    (json) => {
      expect(readExtraction(json)).toBeUndefined()
    },
  )

  it.each([{}, { answer: 'x', confidence: '1', used: [] }, { answer: 'x', confidence: 1 }])('answer %j', (json) => {
    expect(readAnswer(json)).toBeUndefined()
  })
})
