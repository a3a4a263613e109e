// Delivery at least once, counted, from the publisher to the inbox.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If nothing is wrong, does every published event reach every group, and is each alarm told once?',
  tags: ['journey'],
  load: { scenario: 'event-stream', rate: '10/s', floor: '5/s' },
  baseline: '4m',
  criteria: [
    { kind: 'users-served', during: 'baseline' },
    { kind: 'nothing-lost', scenario: 'event-stream' },
    { kind: 'invariants-hold' },
  ],
} satisfies Drill
