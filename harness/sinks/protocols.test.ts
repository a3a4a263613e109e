// What Slack and PagerDuty are sent becomes the same evidence as a webhook, and is answered as they would answer.
import { expect, test } from 'vitest'
import { alertLines } from './alert-lines.ts'
import { protocolOf } from './protocols.ts'

const LINE = 'firing Slow{service="sample", severity="warning"} since 2026-11-21T07:00:00.500Z'
const ENDED = 'resolved Slow{service="auth", why="a \\"b\\", c=d"} since 2026-11-21T06:00:00Z'
const slow = { alert: 'Slow', status: 'firing', labels: { service: 'sample', severity: 'warning' }, annotations: {}, startsAt: Date.parse('2026-11-21T07:00:00.500Z') }
const ended = { alert: 'Slow', status: 'resolved', labels: { service: 'auth', why: 'a "b", c=d' }, annotations: {}, startsAt: Date.parse('2026-11-21T06:00:00Z') }

test('lines of labels are read wherever they stand, and nothing else is', () => {
  expect(alertLines(`[FIRING] Slow\n> ${LINE}\nx ${ENDED} y`)).toEqual([slow, ended])
  expect(alertLines('firing Bare{} since 2026-11-21T07:00:00Z')).toMatchObject([{ alert: 'Bare', labels: {} }])
  expect(alertLines('the house is firing people{a="b"}, firing Slow{a="b"} since yesterday')).toEqual([])
})

test('the path says the protocol; without a receiver behind it, it is a receiver of webhooks', () => {
  expect(protocolOf('/slack/lab%2Foratory?x').receiver).toBe('lab/oratory')
  expect(protocolOf('/slack').receiver).toBe('slack')
  expect(protocolOf('/backend').protocol.refusal('x').body).toBe('')
})

const slack = { channel: '#lab', username: 'Alertmanager', attachments: [{ title: '[FIRING:1] Slow', title_link: 'x', text: `Summary: late\n${LINE}`, fields: [{ title: 'Team', value: 'backend', short: true }] }] }

test('a message for Slack', () => {
  const { protocol, receiver } = protocolOf('/slack/laboratory')
  const sent = JSON.stringify(slack)
  const text = `[FIRING:1] Slow\nSummary: late\n${LINE}\nTeam: backend`
  expect(protocol.delivery(receiver, sent)).toEqual({ probe: 'delivery', covered: true, value: { receiver: 'laboratory', channel: 'slack', groupKey: '[FIRING:1] Slow', notifications: [slow], text } })
  expect(protocol.taken(sent)).toEqual({ status: 200, type: 'text/plain', body: 'ok' })
})

const event = {
  routing_key: 'k',
  event_action: 'resolve',
  dedup_key: 'abc',
  payload: { summary: '[RESOLVED] Slow', source: 'Alertmanager', severity: 'critical', custom_details: { firing: 'none', resolved: ENDED, num_firing: 0 } },
}

test('an event for PagerDuty', () => {
  const { protocol, receiver } = protocolOf('/pagerduty/platform-pager')
  const { value } = protocol.delivery(receiver, JSON.stringify(event))
  expect(value).toMatchObject({ receiver: 'platform-pager', channel: 'pagerduty', groupKey: 'abc', notifications: [ended] })
  expect(value.text).toBe(`[RESOLVED] Slow\nfiring: none\nresolved: ${ENDED}\nnum_firing: 0`)
  expect(protocol.taken(JSON.stringify(event))).toEqual({ status: 202, type: 'application/json', body: '{"status":"success","message":"Event processed","dedup_key":"abc"}' })
})

const bad = {
  'Slack: no JSON': ['/slack/a', 'x{', 'not a message for Slack: body'],
  'Slack: no alert is named': ['/slack/a', JSON.stringify({ text: 'something burns' }), 'the text names no alert'],
  'PagerDuty: an action of its own': ['/pagerduty/a', JSON.stringify({ ...event, event_action: 'panic' }), 'not an event for PagerDuty: event_action'],
  'PagerDuty: no key': ['/pagerduty/a', JSON.stringify({ ...event, routing_key: '' }), 'not an event for PagerDuty: routing_key'],
  'PagerDuty: a severity of its own': ['/pagerduty/a', JSON.stringify({ ...event, payload: { ...event.payload, severity: 'page' } }), 'payload.severity'],
} as const

test.each(Object.entries(bad))('%s is refused', (_, [path, sent, why]) => {
  const { protocol, receiver } = protocolOf(path)
  expect(() => protocol.delivery(receiver, sent)).toThrow(why)
})

test('PagerDuty says what is wrong', () => {
  expect(protocolOf('/pagerduty/a').protocol.refusal('no key')).toEqual({ type: 'application/json', body: '{"status":"invalid event","message":"Event object is invalid","errors":["no key"]}' })
})
