// A plate is taken as a whole, and a decision is made once, though two make it.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If nothing is wrong, is every library, measurement and decision kept, and no plate taken in part?',
  tags: ['journey'],
  load: { scenario: 'library-preparation', rate: '10/s', floor: '5/s' },
  baseline: '4m',
  criteria: [
    { kind: 'users-served', during: 'baseline' },
    { kind: 'nothing-lost', scenario: 'library-preparation' },
    { kind: 'invariants-hold' },
  ],
} satisfies Drill
