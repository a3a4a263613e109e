// Alerts become notifications: urgent ones by their severity, and one per firing and one per end.
import { expect, it } from 'vitest'
import { draftsOfAlerts } from './alert.ts'

const ON_DUTY = { alertChannels: ['Slack'], alertRecipients: ['operations'] } as const
const ALERT = {
  status: 'firing',
  labels: { alertname: 'ServiceDown', severity: 'critical', job: 'sample' },
  annotations: { summary: 'sample is down', description: 'for 5 minutes' },
  startsAt: '2025-07-14T00:00:00Z',
  endsAt: '0001-01-01T00:00:00Z',
  fingerprint: 'f00',
}

it('a firing alert', () => {
  expect(draftsOfAlerts({ alerts: [ALERT] }, ON_DUTY)).toMatchObject([
    {
      title: '[FIRING] ServiceDown',
      message: 'sample is down\nfor 5 minutes',
      notification_type: 'Alert',
      priority: 'Critical',
      channels: ['Slack'],
      recipients: ['operations'],
      source_key: 'alert:f00:2025-07-14T00:00:00Z:firing',
    },
  ])
})

it('an alert that is over, without any words of its own', () => {
  const over = { ...ALERT, status: 'resolved', annotations: {}, fingerprint: undefined }
  const [draft] = draftsOfAlerts({ alerts: [over] }, ON_DUTY)
  expect(draft).toMatchObject({ notification_type: 'Success', priority: 'Low', message: 'ServiceDown' })
  expect(draft?.source_key).toContain('alertname')
})

it.each([
  ['no alerts', {}],
  ['an alert that is none', { alerts: ['x'] }],
  ['an unknown state', { alerts: [{ ...ALERT, status: 'maybe' }] }],
  ['a time that is none', { alerts: [{ ...ALERT, startsAt: 'now' }] }],
])('%s is refused', (_what, body) => {
  expect(() => draftsOfAlerts(body, ON_DUTY)).toThrow(expect.objectContaining({ status: 422 }))
})
