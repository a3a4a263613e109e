// Envelopes hold what was given and sensible values for the rest; what breaks a rule is refused.
import { describe, expect, it } from 'vitest'
import { readDraft } from './draft.ts'

const WISH = { event_type: 'sample.created', source_service: 'sample', payload: { a: 1 } }
const LIMIT = 1000

it('fills in what is not said', () => {
  const envelope = readDraft(WISH, LIMIT)
  expect(envelope).toMatchObject({ ...WISH, version: '1.0', priority: 3, subject: null, correlation_id: null })
  expect(envelope.id).toMatch(/^[0-9a-f-]{36}$/)
  expect(Date.parse(envelope.timestamp)).toBeGreaterThan(0)
})

it('keeps the id, time and cause of an event that happened before', () => {
  const before = {
    event_id: '00000000-0000-4000-8000-000000000000',
    timestamp: '2025-07-14T00:00:00Z',
    metadata: { traceparent: 'x', n: 1 },
  }
  const { id, timestamp, metadata } = readDraft({ ...WISH, ...before }, LIMIT)
  expect({ id, timestamp, metadata }).toEqual({
    id: before.event_id,
    timestamp: before.timestamp,
    metadata: { traceparent: 'x' },
  })
})

describe('refuses', () => {
  it.each<[string, object, number]>([
    ['a type that is none', { event_type: 'Sample Created' }, 400],
    ['a priority of 6', { priority: 6 }, 400],
    ['a source with spaces', { source_service: 'a b' }, 400],
    ['no payload', { payload: undefined }, 422],
    ['a type that is a number', { event_type: 7 }, 422],
    ['an id that is no uuid', { event_id: 'x' }, 422],
    ['a text for metadata', { metadata: 'x' }, 422],
    ['more bytes than allowed', { payload: 'x'.repeat(LIMIT) }, 413],
  ])('%s', (_what, wrong, status) => {
    expect(() => readDraft({ ...WISH, ...wrong }, LIMIT)).toThrow(expect.objectContaining({ status }))
  })
})
