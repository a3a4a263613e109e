// Conflicts in every journey, and no other disturbance.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If two people always change the same spreadsheet at the same time, is exactly one of them first, and nothing of the other lost?',
  tags: ['journey'],
  load: { scenario: 'spreadsheet-versions', rate: '10/s', floor: '5/s' },
  baseline: '4m',
  criteria: [
    { kind: 'users-served', during: 'baseline' },
    { kind: 'nothing-lost', scenario: 'spreadsheet-versions' },
    { kind: 'invariants-hold' },
  ],
} satisfies Drill
