// The same drill in both notations, and one that says only what it must; written to files by the tests that read them.

/** Against the mini stack: two faults, one of them on two edges, and deadlines both derived and given. */
export const TYPESCRIPT_TWIN = `// The database of a shop answers late, then not at all.
import type { Drill } from '../model/drill.ts'

export default {
  title: 'If the database answers late and then not at all, are we told?',
  tags: ['latency', 'outage'],
  load: { scenario: 'buy', rate: '2.5/s', floor: '1/s' },
  baseline: '1m30s',
  faults: [
    { kind: 'latency', edge: 'web->db', latency: '1500ms', jitter: '50ms', toxicity: 0.5, for: '12m' },
    { kind: 'outage', edge: '*->db', from: '12m30s', for: '5m' },
  ],
  criteria: [
    { kind: 'alert-fires', alert: 'DatabaseDown', labels: { service: 'db' }, receiver: 'database' },
    { kind: 'alert-fires', alert: 'ServiceDown', resolves: false, within: { firing: '3m', delivered: '240s' } },
    { kind: 'trace-shows', edge: 'web->db', minDuration: '1500ms', atLeast: 5 },
    { kind: 'value-holds', query: 'up{service="web"} > 0', atLeast: 1, during: 'recovery' },
    { kind: 'nothing-lost', scenario: 'buy' },
    { kind: 'recovers', within: '5m' },
  ],
  allow: [{ alert: 'TooSlow', labels: { team: 'platform' } }, { alert: 'ServiceDown' }],
} satisfies Drill
`

export const YAML_TWIN = `# The database of a shop answers late, then not at all.
$schema: ../../chaos/drill.schema.json
title: If the database answers late and then not at all, are we told?
tags: [latency, outage]
load: { scenario: buy, rate: 2.5/s, floor: 1/s }
baseline: 1m30s
faults:
  - { kind: latency, edge: web->db, latency: 1500ms, jitter: 50ms, toxicity: 0.5, for: 12m }
  - kind: outage
    edge: '*->db'
    from: 12m30s
    for: 5m
criteria:
  - { kind: alert-fires, alert: DatabaseDown, labels: { service: db }, receiver: database }
  - { kind: alert-fires, alert: ServiceDown, resolves: false, within: { firing: 3m, delivered: 240s } }
  - { kind: trace-shows, edge: web->db, minDuration: 1500ms, atLeast: 5 }
  - { kind: value-holds, query: 'up{service="web"} > 0', atLeast: 1, during: recovery }
  - { kind: nothing-lost, scenario: buy }
  - { kind: recovers, within: 5m }
allow:
  - { alert: TooSlow, labels: { team: platform } }
  - alert: ServiceDown
`

/** What has a default is left out. */
export const SHORTEST_DRILL = `// Nobody touches the shop.
export default {
  title: 'Is anybody out there?',
  load: { scenario: 'buy', rate: '2/s', floor: '1/s' },
}
`
