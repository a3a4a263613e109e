// Three times what the system is said to carry: it must refuse what it can not do, and keep what it did.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'At three times its load, does the gateway turn requests away, and is nothing lost that was acknowledged?',
  tags: ['load'],
  load: { scenario: 'gateway-mix', rate: '300/s', floor: '200/s' },
  baseline: '1m',
  criteria: [
    { kind: 'value-holds', query: 'sum(increase(gateway_requests_total{status=~"429|503"}[1m]))', atLeast: 1, during: 'baseline' },
    { kind: 'nothing-lost', scenario: 'gateway-mix' },
    { kind: 'invariants-hold' },
  ],
  // everything is slow and much is refused; that somebody is told is as it should be
  allow: [
    { alert: 'HighErrorRate' },
    { alert: 'SlowResponseTime' },
    { alert: 'CriticalSlowResponseTime' },
    { alert: 'ServiceDown' },
    { alert: 'PostgreSQLHighConnections' },
  ],
} satisfies Drill
