// The monitoring must also be able to say nothing.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If nothing is wrong, do all alerts stay silent while users are served and their writes are kept?',
  tags: ['smoke', 'silence'],
  load: { scenario: 'sample-processing', rate: '20/s', floor: '10/s' },
  baseline: '4m',
  // with it longer than the window and the wait of any rule together, so that every alert had its chance; but not of
  // those that look at hours or days
  hold: '12m',
  criteria: [
    { kind: 'trace-shows', edge: 'sample->postgres', status: 'ok', atLeast: 5, during: 'baseline' },
    // those that the load asks; others have their first figures at any time
    { kind: 'value-holds', query: 'service:http_requests_errors:ratio_rate5m{service=~"api-gateway|auth|sample"}', atMost: 0.05, during: 'baseline' },
    { kind: 'nothing-lost', scenario: 'sample-processing' },
    { kind: 'invariants-hold' },
  ],
} satisfies Drill
