// What the model reads when it is there; without it documents wait, which is another question.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If nothing is wrong, is every document that was taken in read rightly, and found again by those who ask?',
  tags: ['journey'],
  load: { scenario: 'document-intake', rate: '10/s', floor: '5/s' },
  baseline: '4m',
  criteria: [
    { kind: 'users-served', during: 'baseline' },
    { kind: 'nothing-lost', scenario: 'document-intake' },
    { kind: 'invariants-hold' },
  ],
} satisfies Drill
