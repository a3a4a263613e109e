// Forged, stolen and worn-out tokens at every door: each service has to look for itself.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If somebody shows forged, expired and logged-out tokens to every service, is each refused, and is nothing stored on their word?',
  tags: ['hostile'],
  load: { scenario: 'token-tampering', rate: '15/s', floor: '8/s' },
  baseline: '4m',
  hold: '8m',
  criteria: [
    { kind: 'users-served', during: 'baseline' },
    { kind: 'value-holds', query: 'service:http_requests_errors:ratio_rate5m{service="api-gateway"}', atMost: 0.01, during: 'baseline' },
    { kind: 'nothing-lost', scenario: 'token-tampering' },
    { kind: 'invariants-hold' },
  ],
} satisfies Drill
