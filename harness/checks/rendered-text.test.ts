// Which notifications have a gap in their words, and which only look like it.
import { expect, test } from 'vitest'
import { gapIn } from './rendered-text.ts'

const notification = { alert: 'Slow', status: 'firing', labels: {}, annotations: { summary: 's' }, startsAt: 0 } as const
const inSlack = (text: string) => gapIn({ channel: 'slack', text, notification })

test.each<[string, string]>([
  ['[FIRING] Slow\nSummary: <no value>', '<no value>'],
  ['[FIRING] Slow\nSummary: \nDescription: x', 'nothing after Summary:'],
  ['[FIRING] Slow\n*Runbook:*', 'nothing after *Runbook:*'],
  ['[FIRING] Slow\nvalues: []', 'an empty list, []'],
  [' \nSummary: x', 'no title'],
])('%j has a gap', (text, gap) => {
  expect(inSlack(text)).toBe(gap)
})

test.each(['[FIRING] Slow\nSummary: a[] is read: it takes long\nRunbook: x', '[FIRING] Slow\nLabels:\n - service = a', 'Slow\nfiring: none\nSummary:\n  it is late'])('%j has none', (text) => {
  expect(inSlack(text)).toBeUndefined()
})

test('a webhook has the words of its annotations; a run that recorded none is not blamed', () => {
  expect(gapIn({ channel: 'webhook', text: 'x', notification: { ...notification, annotations: { summary: ' ' } } })).toBe('no summary')
  expect(gapIn({ channel: 'webhook', text: 'x', notification })).toBeUndefined()
  expect(gapIn({ notification: { ...notification, annotations: {} } })).toBeUndefined()
})
