// Names of streams and the form of what lies in them.
import { expect, it } from 'vitest'
import { isEventType, readEnvelope, streamOf } from './event-streams.ts'

it('the stream of a type has colons for dots', () => {
  expect(streamOf('sample.created')).toBe('tracseq:events:sample:created')
})

it.each([
  ['sample.created', true],
  ['qc.review_completed', true],
  ['sample', false],
  ['Sample.Created', false],
  ['sample..created', false],
  ['sample.created\n', false],
  [`sample.${'x'.repeat(100)}`, false],
])('%j as an event type: %s', (text, fits) => {
  expect(isEventType(text)).toBe(fits)
})

const ENVELOPE = {
  id: '00000000-0000-4000-8000-000000000000',
  event_type: 'sample.created',
  source_service: 'sample',
  timestamp: '2025-07-14T00:00:00Z',
  payload: {},
  metadata: {},
}

it('an envelope is read whole', () => {
  expect(readEnvelope(JSON.stringify(ENVELOPE))).toEqual(ENVELOPE)
})

it.each([
  ['nothing', undefined],
  ['no JSON', '{'],
  ['a list', '[]'],
  ['an id that is no uuid', JSON.stringify({ ...ENVELOPE, id: 'x' })],
  ['a time that is none', JSON.stringify({ ...ENVELOPE, timestamp: 'noon' })],
  ['no source', JSON.stringify({ ...ENVELOPE, source_service: undefined })],
])('%s is no envelope', (_what, text) => {
  expect(readEnvelope(text)).toBeUndefined()
})
