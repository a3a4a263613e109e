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

const read = (path: string) => readFileSync(join(import.meta.dirname, path), 'utf8')
const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.rules.yml'))
const rulesOf = (file: string): Rule[] => parse(read(file)).groups.flatMap((group: { rules: Rule[] }) => group.rules)
const all = files.flatMap(rulesOf)
const records = all.flatMap(({ record, expr }) => (record === undefined ? [] : [{ record, expr }]))
const alerts = files.flatMap((file) =>
  rulesOf(file).flatMap((rule) => (rule.alert === undefined ? [] : [{ ...rule, alert: rule.alert, file }])),
)

describe.each(alerts)('$alert', ({ alert, expr, file, labels, annotations, for: wait }) => {
  test('says who must act, how urgently, and what to do', () => {
    expect(labels?.severity).toMatch(/^(critical|warning)$/)
    expect(labels?.team).toMatch(/^(platform|backend|database)$/)
    expect(Object.keys(annotations ?? {}).toSorted()).toEqual(['description', 'runbook', 'summary'])
    expect(annotations?.runbook).toBe(`README.md#runbook-${alert.toLowerCase()}`)
  })

  test('waits, and is compared with a number that a run can report', () => {
    expect(parseDuration(wait ?? '0s')).toBeGreaterThan(0)
    expect(shapeOf(expr)?.threshold).toBeTypeOf('number')
  })

  test('has a unit test in which it fires and one in which it is silent', () => {
    const { tests } = parse(read(file.replace('.rules.yml', '.rules.test.yml')))
    const cases = tests
      .flatMap((one: { alert_rule_test?: unknown[] }) => one.alert_rule_test ?? [])
      .filter((one: { alertname: string }) => one.alertname === alert)
    expect(cases.some((one: { exp_alerts: unknown[] }) => one.exp_alerts.length > 0)).toBe(true)
    expect(cases.some((one: { exp_alerts: unknown[] }) => one.exp_alerts.length === 0)).toBe(true)
  })
})

test('no two alerts share a name', () => {
  expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length)
})

test('the latency rules stand on one record over five minutes', () => {
  const slow = alerts.find(({ alert }) => alert === 'SlowResponseTime')?.expr ?? ''
  expect(windowOf(slow, records)).toBe(300_000)
  expect(depthOf(slow, records)).toBe(1)
  expect(shapeOf(slow)).toEqual({
    left: 'service:http_request_duration_seconds:p95',
    comparator: '>',
    threshold: 1,
    partial: true,
  })
})

test('every receiver that a route names exists, and sends what has ended', () => {
  const config = parse(read('alertmanager.yml'))
  const named = JSON.stringify(config.route).match(/"receiver":"[^"]+"/g) ?? []
  const names: string[] = config.receivers.map(({ name }: { name: string }) => name)
  expect([...new Set(named)].toSorted()).toEqual(names.map((name) => `"receiver":"${name}"`).toSorted())
  for (const { name, webhook_configs } of config.receivers) {
    expect(webhook_configs).toEqual([{ url: `http://toxiproxy:20041/${name}`, send_resolved: true }])
  }
})

test('every scraped target carries the name of its service', () => {
  const { scrape_configs } = parse(read('../compose/observability/prometheus.yml'))
  expect(scrape_configs.length).toBeGreaterThan(0)
  for (const { job_name, honor_labels, static_configs } of scrape_configs) {
    expect({ honor_labels, labels: static_configs[0].labels }).toEqual({
      honor_labels: true,
      labels: { service: job_name },
    })
  }
})
