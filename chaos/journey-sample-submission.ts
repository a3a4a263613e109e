// Sagas are what a crash would break first; this is what they come to when there is none.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If nothing is wrong, does every submitted sample end up stored and told of, and every one that cannot be undone without a trace?',
  tags: ['journey'],
  load: { scenario: 'sample-submission', rate: '10/s', floor: '5/s' },
  baseline: '4m',
  criteria: [
    { kind: 'users-served', during: 'baseline' },
    { kind: 'nothing-lost', scenario: 'sample-submission' },
    { kind: 'invariants-hold' },
  ],
} satisfies Drill
