// What every rule owes its readers, whoever adds it: labels to route by, words to act on, a test, and a receiver that
// exists.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { parseDuration } from '../harness/model/duration.ts'
import { depthOf, shapeOf, windowOf } from '../harness/time/promql-shape.ts'

interface Rule {
  readonly alert?: string
  readonly record?: string
  readonly expr: string
  readonly for?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
}

interface Case {
  readonly alertname: string
  readonly exp_alerts: readonly { readonly exp_labels: Readonly<Record<string, string>> }[]
}

const TEAMS = /^(platform|backend|database|laboratory|security|infrastructure|ai|product)$/
/** Fires always, so that its absence says something: it neither waits nor is ever silent. */
const HEARTBEAT = 'Watchdog'

const read = (path: string) => readFileSync(join(import.meta.dirname, path), 'utf8')
const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.rules.yml'))
const rulesOf = (file: string): Rule[] => parse(read(file)).groups.flatMap((group: { rules: Rule[] }) => group.rules)
const all = files.flatMap(rulesOf)
const records = all.flatMap(({ record, expr }) => (record === undefined ? [] : [{ record, expr }]))
const alerts = files.flatMap((file) =>
  rulesOf(file).flatMap((rule) => (rule.alert === undefined ? [] : [{ ...rule, alert: rule.alert, file }])),
)

/** What the unit tests beside the rules ask of this alert. */
function casesOf(alert: string, file: string): readonly Case[] {
  const { tests } = parse(read(file.replace('.rules.yml', '.rules.test.yml')))
  const cases: readonly Case[] = tests.flatMap((one: { alert_rule_test?: Case[] }) => one.alert_rule_test ?? [])
  return cases.filter(({ alertname }) => alertname === alert)
}

describe.each(alerts)('$alert', ({ alert, file, labels, annotations }) => {
  test('says who must act, how urgently, and what to do', () => {
    expect(labels?.severity).toMatch(/^(critical|warning|none)$/)
    expect(labels?.team).toMatch(TEAMS)
    expect(Object.keys(annotations ?? {}).toSorted()).toEqual(['description', 'runbook', 'summary'])
    expect(annotations?.runbook).toBe(`alerts/runbooks/${alert}.md`)
  })

  test('has a unit test in which it fires, with the name of a service', () => {
    const fired = casesOf(alert, file).flatMap(({ exp_alerts }) => exp_alerts)
    expect(fired.length).toBeGreaterThan(0)
    for (const { exp_labels } of fired) expect(exp_labels.service, JSON.stringify(exp_labels)).toBeTruthy()
  })
})

describe.each(alerts.filter(({ alert }) => alert !== HEARTBEAT))('$alert', ({ alert, expr, file, labels, for: wait }) => {
  test('waits, and is compared with a number that a run can report', () => {
    expect(labels?.severity).not.toBe('none')
    expect(parseDuration(wait ?? '0s')).toBeGreaterThan(0)
    expect(shapeOf(expr)?.threshold).toBeTypeOf('number')
  })

  test('has a unit test in which it is silent', () => {
    expect(casesOf(alert, file).some(({ exp_alerts }) => exp_alerts.length === 0)).toBe(true)
  })
})

test('no two alerts share a name', () => {
  expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length)
})

test('the latency rules stand on two records over five minutes', () => {
  const slow = alerts.find(({ alert }) => alert === 'SlowResponseTime')?.expr ?? ''
  expect(windowOf(slow, records)).toBe(300_000)
  expect(depthOf(slow, records)).toBe(2)
  expect(shapeOf(slow)).toEqual({
    left: 'service:http_request_duration_seconds:p95',
    comparator: '>',
    threshold: 1,
    partial: true,
  })
})

test('every target is scraped by way of its own edge, and carries the name of its service', () => {
  const { scrape_configs } = parse(read('../compose/observability/prometheus.yml'))
  const edges: { name: string; listen: string }[] = JSON.parse(read('../compose/toxiproxy.json'))
  const byPort = new Map(edges.map(({ name, listen }) => [listen.split(':')[1], name]))
  const expected = (target: string, labels: { target?: string; service: string }) =>
    'target' in labels ? `${labels.service}->${labels.target}` : target.startsWith('prometheus:') ? undefined : `prometheus->${labels.service}`
  const targets = scrape_configs.flatMap(({ honor_labels, static_configs }: { honor_labels?: boolean; static_configs: unknown[] }) => static_configs.map((entry) => [honor_labels, entry]))
  expect(targets.length).toBeGreaterThan(30)
  for (const [honoured, { targets: [target], labels }] of targets) {
    expect(honoured, target).toBe(true)
    expect(byPort.get(/\d+(?=$|\/)/.exec(target)?.[0]), target).toBe(expected(target, labels))
  }
})
