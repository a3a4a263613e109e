// So slow that it is worse than slow: queries, pool and users all feel it, and the worse alert keeps the lesser one quiet.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If the sample database answers six seconds late, are pool, queries and users each reported, and the lesser alert held back by the worse?',
  tags: ['alerts', 'database', 'latency'],
  load: { scenario: 'sample-processing', rate: '4/s', floor: '2/s' },
  baseline: '4m',
  faults: [{ kind: 'latency', edge: 'sample->postgres', latency: '6s', for: '24m' }],
  criteria: [
    { kind: 'alert-fires', alert: 'CriticalSlowResponseTime', labels: { service: 'sample' }, receiver: 'backend' },
    { kind: 'alert-inhibited', alert: 'SlowResponseTime', labels: { service: 'sample' } },
    { kind: 'alert-fires', alert: 'DatabaseConnectionPoolExhaustion', labels: { service: 'sample' }, receiver: 'database' },
    { kind: 'alert-fires', alert: 'PostgreSQLSlowQueries', labels: { service: 'sample' }, receiver: 'database' },
    { kind: 'nothing-lost', scenario: 'sample-processing' },
    { kind: 'recovers', within: '5m' },
  ],
  // whoever asks it waits as long
  allow: [{ alert: 'HighErrorRate' }, { alert: 'SlowResponseTime' }, { alert: 'CriticalSlowResponseTime' }, { alert: 'EndpointDown' }],
} satisfies Drill
