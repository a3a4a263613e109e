// The database of one service answers late: nothing fails outright, so only latency can tell.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If the sample database answers 1.5 s late, are we told in time, and does everything recover unaided?',
  tags: ['smoke', 'latency'],
  load: { scenario: 'sample-processing', rate: '20/s', floor: '10/s' },
  faults: [{ kind: 'latency', edge: 'sample->postgres', latency: '1500ms', for: '19m' }],
  criteria: [
    { kind: 'alert-fires', alert: 'SlowResponseTime', labels: { service: 'sample' }, receiver: 'backend' },
    { kind: 'trace-shows', edge: 'sample->postgres', minDuration: '1500ms', atLeast: 5 },
    { kind: 'nothing-lost', scenario: 'sample-processing' },
    { kind: 'recovers', within: '5m' },
  ],
  // the gateway waits for the sample service, and a statement that waits too long is an error to its caller
  allow: [
    { alert: 'SlowResponseTime', labels: { service: 'api-gateway' } },
    { alert: 'CriticalSlowResponseTime' },
    { alert: 'HighErrorRate' },
  ],
} satisfies Drill
