// Which events concern whom, and what they are told.
import { expect, it } from 'vitest'
import type { Envelope } from '../kit/event-streams.ts'
import { covers, draftFor, type SubscriptionRow } from './subscription-match.ts'

it.each([
  [['sample.created'], 'sample.created', true],
  [['sample.created'], 'sample.stored', false],
  [['sample.*'], 'sample.stored', true],
  [['sample.*'], 'samples.stored', false],
  [['*'], 'qc.review_completed', true],
  [['*', 'notification.*'], 'notification.sent', false],
  [[], 'sample.created', false],
])('%j covers %s: %s', (patterns, type, does) => {
  expect(covers(patterns, type)).toBe(does)
})

const SUBSCRIPTION: SubscriptionRow = {
  id: 's',
  event_types: ['*'],
  channels: ['Email'],
  recipients: ['a@lab.test'],
  priority: 'High',
  title: null,
  body: null,
}

const EVENT: Envelope = {
  id: 'e',
  event_type: 'storage.temperature_alert',
  source_service: 'storage',
  version: '1.0',
  timestamp: '2025-07-14T00:00:00Z',
  correlation_id: null,
  payload: { zone: 'A' },
  metadata: {},
  subject: 'freezer-1',
  priority: 5,
}

it('tells in plain words where there is no template', () => {
  expect(draftFor(SUBSCRIPTION, EVENT)).toMatchObject({
    title: 'storage.temperature_alert',
    message: 'storage.temperature_alert from storage about freezer-1',
    notification_type: 'Alert',
    priority: 'High',
    source_key: 'event:e:s',
  })
})

it('fills a template with the event and its payload, and leaves out what neither has', () => {
  const told = draftFor({ ...SUBSCRIPTION, title: '{{event_type}}', body: '{{zone}}{{nothing}} {{subject}}' }, EVENT)
  expect(told).toMatchObject({ title: 'storage.temperature_alert', message: 'A freezer-1' })
})

it('does with a payload that is no object', () => {
  expect(draftFor(SUBSCRIPTION, { ...EVENT, payload: 'x' }).metadata).toMatchObject({ payload: {} })
})
