// Far more than anybody brings: what is too much is refused whole, what is acknowledged is kept, and others go on working.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If somebody floods the laboratory with batches, is each stored or refused but never half, and are others served all the while?',
  tags: ['hostile'],
  load: { scenario: 'batch-flood', rate: '4/s', floor: '2/s' },
  baseline: '4m',
  hold: '8m',
  criteria: [
    // a full list takes its time; a technician beside it may wait, but not for ever
    { kind: 'users-served', good: 0.99, p95: '5s', during: 'baseline' },
    { kind: 'nothing-lost', scenario: 'batch-flood' },
    { kind: 'invariants-hold' },
  ],
  // lists of a hundred samples are slow by their nature
  allow: [{ alert: 'SlowResponseTime' }],
} satisfies Drill
