// A hundred requests a second, through every service, for five minutes: what the system is said to carry.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'Do all services together carry 100 requests per second for five minutes, with one in a thousand failing at most?',
  tags: ['load'],
  load: { scenario: 'gateway-mix', rate: '100/s', floor: '95/s' },
  baseline: '5m',
  criteria: [
    { kind: 'users-served', during: 'baseline', good: 0.999 },
    { kind: 'nothing-lost', scenario: 'gateway-mix' },
    { kind: 'invariants-hold' },
  ],
} satisfies Drill
