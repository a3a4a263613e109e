// Every service at work at the same time, as on most days.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If a day of the laboratory goes by with nothing wrong, are all its users served and all their writes kept?',
  tags: ['journey'],
  load: { scenario: 'gateway-mix', rate: '20/s', floor: '10/s' },
  baseline: '4m',
  // so long that the rarest of its tasks is done a few times
  hold: '8m',
  criteria: [
    { kind: 'users-served', during: 'baseline' },
    { kind: 'nothing-lost', scenario: 'gateway-mix' },
    { kind: 'invariants-hold' },
  ],
} satisfies Drill
