// A report is promised at once and made later: a promise is easily forgotten.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If nothing is wrong, is every report that was promised made, and made once?',
  tags: ['journey'],
  load: { scenario: 'reports', rate: '10/s', floor: '5/s' },
  baseline: '4m',
  criteria: [
    { kind: 'users-served', during: 'baseline' },
    { kind: 'nothing-lost', scenario: 'reports' },
    { kind: 'invariants-hold' },
  ],
} satisfies Drill
