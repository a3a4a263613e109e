// The database of one service answers late: nothing fails outright, so only latency can tell.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If the sample database answers half a second late, are we told in time, and does everything recover unaided?',
  tags: ['smoke', 'latency'],
  // sample has ten connections and a request takes up to five statements: at 4/s they are busy and do not run out
  load: { scenario: 'sample-processing', rate: '4/s', floor: '2/s' },
  baseline: '4m',
  faults: [{ kind: 'latency', edge: 'sample->postgres', latency: '500ms', for: '22m' }],
  criteria: [
    { kind: 'alert-fires', alert: 'SlowResponseTime', labels: { service: 'sample' }, receiver: 'backend' },
    { kind: 'alert-fires', alert: 'SlowResponseTime', labels: { service: 'api-gateway' }, receiver: 'backend' },
    { kind: 'trace-shows', edge: 'sample->postgres', minDuration: '500ms', atLeast: 5 },
    { kind: 'nothing-lost', scenario: 'sample-processing' },
    { kind: 'invariants-hold' },
    { kind: 'recovers', within: '5m' },
  ],
} satisfies Drill
