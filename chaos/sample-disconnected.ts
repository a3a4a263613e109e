// A service is alive and cut off: its connections are not closed, they just lead nowhere, in both directions.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If sample is cut off from the network and goes on running, is each team told, is nothing lost, and does it come back unaided?',
  tags: ['containers', 'disconnect'],
  load: { scenario: 'sample-processing', rate: '20/s', floor: '10/s' },
  baseline: '4m',
  faults: [{ kind: 'disconnect', service: 'sample', for: '17m' }],
  criteria: [
    { kind: 'alert-fires', alert: 'ServiceDown', labels: { service: 'sample' }, receiver: 'platform' },
    // the gateway answers for the service behind it, and nobody else does
    { kind: 'alert-fires', alert: 'HighErrorRate', labels: { service: 'api-gateway' }, receiver: 'backend' },
    { kind: 'nothing-lost', scenario: 'sample-processing' },
    { kind: 'invariants-hold' },
    { kind: 'recovers', within: '5m' },
  ],
  // what is sent over dead connections before the breaker opens hangs until its callers lose patience: one burst of slow requests
  allow: [
    { alert: 'SlowResponseTime', labels: { service: 'api-gateway' } },
    { alert: 'CriticalSlowResponseTime', labels: { service: 'api-gateway' } },
  ],
} satisfies Drill
