// Lists repeat themselves, and two people enter the same one: what is said of each entry must be what is stored.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If nothing is wrong, is every entry of every delivery stored once or refused, whatever is on the lists twice?',
  tags: ['journey'],
  load: { scenario: 'batch-intake', rate: '10/s', floor: '5/s' },
  baseline: '4m',
  criteria: [
    { kind: 'users-served', during: 'baseline' },
    { kind: 'nothing-lost', scenario: 'batch-intake' },
    { kind: 'invariants-hold' },
  ],
} satisfies Drill
