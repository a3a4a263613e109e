// Accuracy counts facts that were read as they are; the model at hand reads nearly all of the labelled set.
import { expect, it } from 'vitest'
import { extract } from '../rag-model/extract.ts'
import { scoreOf } from './accuracy.ts'
import { LABELLED_SET } from './labelled-set.ts'

function found(name: string, value: string) {
  return { section: 'sample', name, value, confidence: 1 }
}

it('a wrong value counts as much as a missing one', () => {
  const document = { text: '', facts: { sample_id: 'A', volume: '3 ul', sample_type: 'DNA' } }
  const fields = [found('sample_id', 'A'), found('volume', '4 ul'), found('platform', 'MiSeq')]
  expect(scoreOf(document, { fields, samples: [] })).toEqual({ facts: 3, right: 1 })
})

it('the model reads more than 95 % of the labelled set, and not all', () => {
  const scores = LABELLED_SET.map((document) => scoreOf(document, extract(document.text)))
  const sum = (numbers: number[]): number => numbers.reduce((total, one) => total + one, 0)
  const share = sum(scores.map(({ right }) => right)) / sum(scores.map(({ facts }) => facts))
  expect(share).toBeGreaterThan(0.95)
  expect(share).toBeLessThan(1)
})
