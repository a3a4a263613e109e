// What a drill may not speak of, and may not demand: each mistake alone, and many in one go.
import { expect, test } from 'vitest'
import { drillSchema } from '../model/drill.ts'
import { locate } from '../model/located.ts'
import { brokenReferences } from './check-references.ts'
import type { LocatedDrill } from './check-references.ts'
import { MINI_STACK, miniObserved } from './testing/mini-stack.ts'

const AROUND = { stack: MINI_STACK, observed: miniObserved(), scenarios: ['buy', 'look'] }

function drillOf(text: string, name = 'x'): LocatedDrill {
  const located = locate(`chaos/${name}.yaml`, text)
  return { drill: { ...drillSchema.parse(located.value), name, file: located.file }, located }
}

function problemsOf(text: string): readonly string[] {
  return brokenReferences([drillOf(text)], AROUND).map(({ line, what, fix }) => `${line}: ${what}. ${fix}`)
}

const HEAD = 'title: Is it told in time?\nload: { scenario: buy, rate: 20/s, floor: 10/s }\n'
const FAULT = 'faults: [{ kind: outage, edge: web->db, for: 15m }]\n'

/** One criterion under a drill that has a fault; it stands in line 5. */
function criterion(text: string): readonly string[] {
  return problemsOf(`${HEAD}${FAULT}criteria:\n  - { ${text} }\n`)
}

/** One fault; it stands in line 4. */
function fault(text: string): readonly string[] {
  return problemsOf(`${HEAD}faults:\n  - { ${text} }\n`)
}

test('a drill that fits has no problem', () => {
  expect(
    problemsOf(`${HEAD}${FAULT}criteria:
  - { kind: alert-fires, alert: DatabaseDown, receiver: database, labels: { service: db } }
  - { kind: alert-fires, alert: TooSlow, receiver: platform, labels: { service: web } }
  - { kind: alert-inhibited, alert: TooSlow, labels: { service: web }, by: ServiceDown }
  - { kind: trace-shows, edge: web->db }
  - { kind: value-holds, query: up, atLeast: 1 }
  - { kind: nothing-lost, scenario: buy }
  - { kind: invariants-hold }
  - { kind: invariants-hold, only: [orders-paid] }
  - { kind: recovers, within: 5m }
allow: [{ alert: ServiceDown }]
`),
  ).toEqual([])
})

test('the load', () => {
  expect(problemsOf('title: Is it told in time?\nload:\n  scenario: bui\n  rate: 5/s\n  floor: 10/s\n')).toEqual([
    '3: there is no scenario bui. did you mean buy?',
    '5: the floor 10/s is above the rate 5/s, so the verdict could only be inconclusive. lower the floor or raise the rate',
  ])
  expect(problemsOf(HEAD.replace('20/s', '0/s').replace('10/s', '0/s'))).toEqual([
    expect.stringContaining('2: a rate of 0/s is no load'),
  ])
  expect(problemsOf(`${HEAD}${FAULT}hold: 5m\n`)).toEqual([
    expect.stringContaining('4: hold is for drills without faults'),
  ])
})

test.each([
  ['kind: outage, edge: web->bd, for: 5m', '4: there is no edge web->bd. did you mean web->db?'],
  [
    'kind: outage, edge: "*->cache", for: 5m',
    '4: no edge matches *->cache. use one of: client->web, exporter->db, web->db',
  ],
  ['kind: crash, service: wep, for: 5m', '4: there is no service wep. did you mean web?'],
  ['kind: freeze, service: prometheus, for: 5m', '4: freeze on prometheus would blind the harness'],
  [
    'kind: crash, service: toxiproxy, for: 5m',
    "4: crash on toxiproxy would blind the harness, which observes through it. hurt its edge instead, such as { kind: outage, edge: '*->toxiproxy' }",
  ],
  ['kind: receiver_broken, receiver: databse, how: hang, for: 5m', '4: Alertmanager has no receiver databse. did you mean database?'],
  ['kind: crash, service: web, for: 0s', '4: crash on web holds for no time'],
  [
    'kind: latency, edge: web->db, latency: 1s, jitter: 2s, for: 5m',
    '4: a jitter of 2s around 1s would often be no delay',
  ],
])('a fault: %s', (text, expected) => {
  expect(fault(text)).toEqual([expect.stringContaining(expected)])
})

test('two faults of one kind may follow each other on one target, but not overlap', () => {
  const pair = (from: string) =>
    `${HEAD}faults:\n  - { kind: outage, edge: web->db, for: 5m }\n  - { kind: outage, edge: '*->db', from: ${from}, for: 5m }\n`
  expect(problemsOf(pair('5m'))).toEqual([])
  expect(problemsOf(pair('4m'))).toEqual([
    expect.stringContaining('5: outage on *->db begins while outage on web->db still holds'),
  ])
})

test.each([
  ['kind: alert-fires, alert: DatabaseDwn', '5: no rule under rules raises DatabaseDwn. did you mean DatabaseDown?'],
  [
    'kind: alert-fires, alert: DatabaseDown, labels: { team: platform }',
    '5: DatabaseDown never carries team="platform". write "database", as the rule does (rules/shop.rules.yml:8)',
  ],
  [
    'kind: alert-fires, alert: ServiceDown, labels: { service: wep }',
    '5: ServiceDown is expected of wep, which is no service. did you mean web?',
  ],
  [
    'kind: alert-fires, alert: ServiceDown, receiver: plattform',
    '5: Alertmanager has no receiver plattform. did you mean platform?',
  ],
  [
    'kind: alert-fires, alert: ServiceDown, receiver: database',
    '5: ServiceDown is not sent to database. write platform, or mend the routes of alertmanager.yml',
  ],
  [
    'kind: alert-fires, alert: ServiceDown, within: { firing: 90s }',
    '5: ServiceDown waits 2 min before it fires, longer than 90s',
  ],
  [
    'kind: alert-fires, alert: ServiceDown, receiver: platform, channel: slack',
    '5: platform is not told by slack; it is told by webhook. write another channel, or add it to the receiver in alertmanager.yml',
  ],
  ['kind: alert-fires, alert: ServiceDown, channel: webhook', '5: nobody is named who is to be told by webhook. add the receiver'],
  ['kind: alert-inhibited, alert: TooSlow, by: ServceDown', '5: no rule under rules raises ServceDown. did you mean ServiceDown?'],
  ['kind: alert-inhibited, alert: TooSlw', '5: no rule under rules raises TooSlw. did you mean TooSlow?'],
  ['kind: trace-shows, edge: web->dbb', '5: there is no edge web->dbb. did you mean web->db?'],
  ['kind: value-holds, query: up', '5: the value may be anything. add atLeast, atMost or both'],
  ['kind: value-holds, query: up, atLeast: 2, atMost: 1', '5: no value is at least 2 and at most 1'],
  ['kind: value-holds, query: "sum(", atLeast: 1', '5: not a PromQL query'],
  ['kind: nothing-lost, scenario: buuy', '5: there is no scenario buuy. did you mean buy?'],
  ['kind: nothing-lost, scenario: look', '5: look does not run in this drill. write buy'],
  ['kind: invariants-hold, only: [orders-paid, order-paid]', '5: there is no invariant order-paid. did you mean orders-paid?'],
  ['kind: edges-match, except: { web->dbb: why }', '5: there is no edge web->dbb. did you mean web->db?'],
  ['kind: invariants-hold, only: [nonsense]', '5: there is no invariant nonsense. use one of: orders-paid, stock-above-zero'],
])('a criterion: %s', (text, expected) => {
  expect(criterion(text)).toEqual([expect.stringContaining(expected)])
})

test('a label that only a template fills decides nothing beforehand', () => {
  expect(criterion('kind: alert-fires, alert: TooSlow, receiver: default')).toEqual([])
  expect(criterion('kind: alert-fires, alert: TooSlow, receiver: database, labels: { team: platform }')).toHaveLength(1)
})

test('a fault that ends before the alert can fire is too short', () => {
  const text = `${HEAD}faults: [{ kind: outage, edge: web->db, for: 10m }]\ncriteria: [{ kind: alert-fires, alert: TooSlow }]\n`
  expect(problemsOf(text)).toEqual([
    '4: TooSlow fires 11 min after a fault at the soonest, but the faults hold 10 min. let the fault hold for longer',
  ])
})

test('without faults nothing can fire, recover or be seen during a fault', () => {
  const criteria =
    'criteria:\n  - { kind: alert-fires, alert: TooSlow }\n  - { kind: recovers, within: 5m }\n  - { kind: trace-shows, edge: web->db }\n  - { kind: trace-shows, edge: web->db, during: baseline }\n  - { kind: users-served }\n'
  expect(problemsOf(HEAD + criteria).map((line) => line.slice(0, 30))).toEqual([
    '4: TooSlow is expected to fire',
    '5: there is nothing to recover',
    '6: this drill has no fault pha',
    '8: this drill has no fault pha',
  ])
})

test('a scenario without a store loses nothing that anybody could see', () => {
  const text = `${HEAD.replace('buy', 'look')}${FAULT}criteria: [{ kind: nothing-lost, scenario: look }]\n`
  expect(problemsOf(text)).toEqual([
    '4: no store is known for look. add the scenario to a store under x-harness.stores of compose.yaml',
  ])
})

test('a scenario that no invariant says anything of', () => {
  const drill = (criterion: string) => `${HEAD.replace('buy', 'look')}${FAULT}criteria: [{ ${criterion} }]\n`
  expect(problemsOf(drill('kind: invariants-hold'))).toEqual([
    '4: no invariant is known for look. add one under x-harness.invariants of compose.yaml',
  ])
  expect(problemsOf(drill('kind: invariants-hold, only: [stock-above-zero]'))).toEqual([
    '4: stock-above-zero says nothing of look, only of buy, return. remove it, or add look to its scenarios in compose.yaml',
  ])
})

test('five mistakes in one drill, one in another: six problems, each in its own file', () => {
  const many = `title: Is it told in time?
load: { scenario: bui, rate: 20/s, floor: 10/s }
faults:
  - { kind: outage, edge: web->bd, for: 15m }
criteria:
  - { kind: alert-fires, alert: DatabaseDwn }
  - { kind: trace-shows, edge: web->wep }
allow:
  - { alert: Nonsense }
`
  const problems = brokenReferences([drillOf(many), drillOf(HEAD), drillOf(HEAD)], AROUND)
  expect(problems.map(({ file, line }) => `${file}:${line}`)).toEqual(
    [
      'chaos/x.yaml:1',
      'chaos/x.yaml:1',
      'chaos/x.yaml:2',
      'chaos/x.yaml:4',
      'chaos/x.yaml:6',
      'chaos/x.yaml:7',
      'chaos/x.yaml:9',
    ].toSorted(),
  )
  expect(problems.every(({ fix }) => fix.length > 5)).toBe(true)
})
