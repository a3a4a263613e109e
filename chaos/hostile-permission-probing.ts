// Other people's doors: administrators' routes, sessions of others, and every service for somebody who is nobody.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: "If a plain user tries administrators' routes and other people's sessions, and nobody tries all doors, is each told no and nobody harmed?",
  tags: ['hostile'],
  load: { scenario: 'permission-probing', rate: '15/s', floor: '8/s' },
  baseline: '4m',
  hold: '8m',
  criteria: [
    { kind: 'users-served', during: 'baseline' },
    { kind: 'value-holds', query: 'service:http_requests_errors:ratio_rate5m{service="api-gateway"}', atMost: 0.01, during: 'baseline' },
    // the services behind the gateway are never even asked by nobody
    { kind: 'invariants-hold' },
  ],
} satisfies Drill
