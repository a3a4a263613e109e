// Every client has a thin line: bodies crawl in, connections stay open, and the gateway has to keep its head.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If large requests come in at 8 KB/s and hold their connections, are small ones served as ever, and is nothing lost?',
  tags: ['hostile'],
  load: { scenario: 'slow-client', rate: '15/s', floor: '8/s' },
  baseline: '4m',
  // each connection carries so much by itself: who sends little is hardly delayed
  faults: [{ kind: 'bandwidth', edge: 'client->api-gateway', rate: 8, direction: 'upstream', for: '12m' }],
  criteria: [
    // one operation in 28 is a slow client of 8 s; most are not
    { kind: 'users-served', good: 0.99, p50: '500ms' },
    // the gateway waits for the bodies, the services behind it never see one before it is whole
    { kind: 'value-holds', query: 'service:http_request_duration_seconds:p95{service=~"auth|sample"}', atMost: 1 },
    { kind: 'nothing-lost', scenario: 'slow-client' },
    { kind: 'recovers', within: '5m' },
  ],
  // the gateway counts from the head of a request: a body that takes 8 s makes it slow
  allow: [{ alert: 'SlowResponseTime', labels: { service: 'api-gateway' } }, { alert: 'CriticalSlowResponseTime', labels: { service: 'api-gateway' } }],
} satisfies Drill
