// The front door hangs: connections are accepted and never answered, which no error counter ever sees.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title:
    'If the gateway hangs without dying, is the platform team told, is nothing lost, and does it serve again once it thaws?',
  tags: ['smoke', 'freeze'],
  load: { scenario: 'sample-processing', rate: '20/s', floor: '10/s' },
  baseline: '4m',
  faults: [{ kind: 'freeze', service: 'api-gateway', for: '8m' }],
  criteria: [
    { kind: 'alert-fires', alert: 'ServiceDown', labels: { service: 'api-gateway' }, receiver: 'platform' },
    { kind: 'nothing-lost', scenario: 'sample-processing' },
    { kind: 'invariants-hold' },
    { kind: 'recovers', within: '5m' },
  ],
  // what hung through the freeze is answered late when it thaws: one burst of slow requests
  allow: [
    { alert: 'SlowResponseTime', labels: { service: 'api-gateway' } },
    { alert: 'CriticalSlowResponseTime', labels: { service: 'api-gateway' } },
  ],
} satisfies Drill
