// A process dies without a goodbye and is started again.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title:
    'If the auth service dies, is the platform team told, does no registered user get lost, and does everything recover unaided?',
  tags: ['smoke', 'crash'],
  load: { scenario: 'auth', rate: '10/s', floor: '5/s' },
  baseline: '4m',
  faults: [{ kind: 'crash', service: 'auth', for: '8m' }],
  criteria: [
    { kind: 'alert-fires', alert: 'ServiceDown', labels: { service: 'auth' }, receiver: 'platform' },
    { kind: 'nothing-lost', scenario: 'auth' },
    { kind: 'recovers', within: '5m' },
  ],
  // the callers of auth answer for it, as long as five-minute windows remember the outage
  allow: [{ alert: 'HighErrorRate' }],
} satisfies Drill
