// Events, sessions of the gateway and its limits stand on Redis: the second store that everybody shares.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If nobody can reach Redis, is its owner told, do samples go on being stored, and does everything recover unaided?',
  tags: ['alerts', 'database'],
  load: { scenario: 'sample-processing', rate: '10/s', floor: '5/s' },
  baseline: '4m',
  faults: [{ kind: 'outage', edge: '*->redis', for: '11m' }],
  criteria: [
    { kind: 'alert-fires', alert: 'RedisDown', labels: { service: 'redis' }, receiver: 'database-pager', channel: 'pagerduty' },
    { kind: 'nothing-lost', scenario: 'sample-processing' },
    { kind: 'recovers', within: '5m' },
  ],
  // who publishes waits for the event service, which waits for Redis
  allow: [{ alert: 'HighErrorRate' }, { alert: 'SlowResponseTime' }, { alert: 'CriticalSlowResponseTime' }, { alert: 'EndpointDown' }],
} satisfies Drill
