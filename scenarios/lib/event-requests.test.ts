// A batch of events is taken or refused as a whole; an event is known by the id its publisher gave it.
import { expect, test } from 'vitest'
import { judge } from './expectation.ts'
import { judgeEvent, NOTE, publish, publishTogether, publishTogetherInvalid } from './event-requests.ts'
import { isIn, received } from './notification-requests.ts'

const DESK = { baseUrl: 'http://gateway', token: 't' }
const EVENTS = ['e-1', 'e-2'].map((id) => ({ id, type: NOTE, subject: 's' }))
const ROWS = EVENTS.map(({ id }) => ({ store: 'events', key: id }))
const BOTH = { events: [{ event_id: 'e-1' }, { event_id: 'e-2' }] }

test.each([
  [200, BOTH, ['acknowledged', 'acknowledged']],
  [200, { events: [{ event_id: 'e-1' }] }, ['acknowledged', 'unknown']],
  [200, { events: [{ event_id: 'e-2' }, { event_id: 'e-1' }] }, ['unknown', 'unknown']],
  [400, { error: 'event_type must be' }, ['failed', 'failed']],
  [500, undefined, ['unknown', 'unknown']],
  [0, undefined, ['unknown', 'unknown']],
])('a batch that ended with %i %j leaves its events %j', (status, body, types) => {
  expect(ROWS.map((row, index) => judgeEvent(row, { status, body, error: '' }, index).type)).toEqual(types)
})

test('a batch names all of its events, and is spoilt by one that is none', () => {
  expect(judge(publishTogether(DESK, EVENTS).expect, { status: 200, body: BOTH, error: '' }).good).toBe(true)
  const spoilt = publishTogetherInvalid(DESK, EVENTS)
  expect(spoilt.items?.rows).toEqual(ROWS)
  expect(spoilt.body).toMatchObject({ events: [{ event_type: NOTE }, { event_type: 'nonsense' }] })
})

test.each([
  ['1795275273720-0', true],
  ['mock-0b9e2c3a-4d5e-4f60-8a7b-9c0d1e2f3a4b', false],
])('an event in the stream entry %s is published: %s', (stream_id, good) => {
  const event = { id: 'e-1', type: NOTE, subject: 's' }
  const body = { event_id: 'e-1', stream_id, published_at: '2026-11-21T15:34:33Z' }
  expect(judge(publish(DESK, event).expect, { status: 200, body, error: '' }).good).toBe(good)
})

test('an alarm has to come once, not twice', () => {
  const told = (...ids: string[]) => ({ page: 1, notifications: ids.map((event_id) => ({ metadata: { event_id } })) })
  const good = (body: unknown) => judge(received(DESK, 'e-1').expect, { status: 200, body, error: '' }).good
  expect([told('e-1', 'e-2'), told('e-2'), told('e-1', 'e-1')].map(good)).toEqual([true, false, false])
  expect([told('e-1'), told('e-2'), undefined].map((body) => isIn(body, 'e-1'))).toEqual([true, false, false])
})
