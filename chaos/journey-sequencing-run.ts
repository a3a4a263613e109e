// A job and its run move together, and two people begin the same one.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If nothing is wrong, does every job go its legal way to the end of one run, each step written down once?',
  tags: ['journey'],
  load: { scenario: 'sequencing-run', rate: '10/s', floor: '5/s' },
  baseline: '4m',
  criteria: [
    { kind: 'users-served', during: 'baseline' },
    { kind: 'nothing-lost', scenario: 'sequencing-run' },
    { kind: 'invariants-hold' },
  ],
} satisfies Drill
