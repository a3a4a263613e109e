// Who is told of an alert, as Alertmanager decides it, and when that cannot be known beforehand.
import { expect, test } from 'vitest'
import { alertmanagerSchema, channelsOf, receiverFacts, receiversFor, routeOf } from './route.ts'

const route = routeOf(
  alertmanagerSchema.parse({
    route: {
      receiver: 'default',
      group_wait: '10s',
      routes: [
        { matchers: ['severity = "critical"'], receiver: 'pager', continue: true, group_interval: '1m' },
        {
          matchers: ['team=~"data.*"'],
          receiver: 'data',
          routes: [{ matchers: ['severity!="critical"'], group_wait: '1m' }],
        },
        { match: { team: 'web' }, receiver: 'pager', group_wait: '0s' },
      ],
    },
    receivers: [{ name: 'default' }],
  }),
)

test.each([
  [{ severity: 'warning', team: 'web' }, ['pager']],
  [{ severity: 'critical', team: 'database' }, ['pager', 'data']],
  [{ severity: 'warning', team: 'data' }, ['data']],
  [{ severity: 'warning', team: 'mydata' }, ['default']],
  [{ severity: 'warning' }, undefined],
  [{ team: 'web' }, undefined],
])('%o -> %o', (labels, expected) => expect(receiversFor(route, labels)).toEqual(expected))

test('the longest waits to each receiver, inherited and by default', () => {
  expect(receiverFacts(route)).toEqual([
    { receiver: 'default', groupWaitMs: 10_000, groupIntervalMs: 300_000, repeatIntervalMs: 14_400_000 },
    { receiver: 'pager', groupWaitMs: 10_000, groupIntervalMs: 300_000, repeatIntervalMs: 14_400_000 },
    { receiver: 'data', groupWaitMs: 60_000, groupIntervalMs: 300_000, repeatIntervalMs: 14_400_000 },
  ])
})

test('by what each receiver is told', () => {
  const receivers = [{ name: 'a', slack_configs: [{}], webhook_configs: [{}, {}] }, { name: 'b', email_configs: [], pagerduty_configs: null }]
  expect(channelsOf(alertmanagerSchema.parse({ route: { receiver: 'a' }, receivers }))).toEqual({ a: ['webhook', 'slack'], b: [] })
})
