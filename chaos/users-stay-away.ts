// Nothing fails, and nobody comes.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If most users of a week ago stay away, does the owner of the product learn it?',
  tags: ['alerts', 'business'],
  together: true,
  load: { scenario: 'sample-processing', rate: '5/s', floor: '3/s' },
  baseline: '4m',
  faults: [{ kind: 'script', script: 'remember-users', service: 'auth', for: '75m' }],
  criteria: [{ kind: 'alert-fires', alert: 'LowDailyActiveUsers', receiver: 'product' }],
} satisfies Drill
