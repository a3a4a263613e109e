// Several want the same position: a storage that gives it away twice loses samples without an error anywhere.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If nothing is wrong, does every sample have the position it was given, and no position two samples?',
  tags: ['journey'],
  load: { scenario: 'storage-placement', rate: '10/s', floor: '5/s' },
  baseline: '4m',
  criteria: [
    { kind: 'users-served', during: 'baseline' },
    { kind: 'nothing-lost', scenario: 'storage-placement' },
    { kind: 'invariants-hold' },
  ],
} satisfies Drill
