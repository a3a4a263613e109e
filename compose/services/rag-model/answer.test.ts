// Answers come out of the passages, follow the conversation and say when there is nothing.
import { expect, it } from 'vitest'
import { answer, NO_ANSWER } from './answer.ts'

const passages = [
  { title: 'Storage', text: 'Samples are stored at -80 °C for long terms. Rooms are cleaned on Mondays.' },
  { title: 'AB1234', text: 'Sample AB1234\nVolume: 30 ul\nConcentration: 52 ng/ul' },
]

it('takes the sentences that share most words with the question, best first', () => {
  const found = answer({ question: 'How are samples stored?', history: [], passages })
  expect(found.answer).toMatch(/^Samples are stored at -80 °C for long terms\./)
  expect(found).toMatchObject({ confidence: 1, used: [0, 1] })
})

it('knows what the conversation is about', () => {
  const question = 'And its volume?'
  expect(answer({ question, history: [], passages }).answer).toBe('Volume: 30 ul')
  const followed = answer({ question, history: ['What do we know about AB1234?'], passages })
  expect(followed.answer).toBe('Volume: 30 ul Sample AB1234')
})

it('is less sure when the passages know half of the words', () => {
  expect(answer({ question: 'volume viscosity', history: [], passages }).confidence).toBe(0.5)
})

it.each(['What is the weather?', '', 'the of and'])('%s: says that it does not know', (question) => {
  expect(answer({ question, history: [], passages })).toEqual({ answer: NO_ANSWER, confidence: 0, used: [] })
})
