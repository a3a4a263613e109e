// Somebody tries leaked passwords: accounts lock, nobody is let in who should not be, and nobody else notices.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If somebody tries leaked passwords on many accounts, does each account lock in time, and is nobody let in by a wrong one?',
  tags: ['hostile'],
  load: { scenario: 'credential-stuffing', rate: '10/s', floor: '5/s' },
  baseline: '4m',
  hold: '8m',
  criteria: [
    // a lock that comes late, a right password that is refused too early, a wrong one that is taken: all of it is an answer
    { kind: 'users-served', during: 'baseline' },
    { kind: 'value-holds', query: 'service:http_requests_errors:ratio_rate5m{service="api-gateway"}', atMost: 0.01, during: 'baseline' },
    { kind: 'nothing-lost', scenario: 'credential-stuffing' },
    { kind: 'invariants-hold' },
  ],
} satisfies Drill
