// What every panel owes whoever opens it at three in the morning: a question, its answer in a unit, and a query of something that is exported.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { builtIn } from '../../../harness/probes/gate/grafana/choices.ts'
import { panelsOf } from '../../../harness/probes/gate/grafana/dashboard.ts'
import { readProvisioning } from '../../../harness/probes/gate/grafana/provisioning.ts'
import { substitute } from '../../../harness/probes/gate/grafana/substitute.ts'
import { whyNotLoaded } from '../../../harness/probes/gate/grafana/why-not-loaded.ts'
import { findAll } from '../../../harness/time/promql-node.ts'
import { metricName } from '../../../harness/time/promql-reach.ts'
import { parseQuery } from '../../../harness/time/promql-tree.ts'

interface Panel {
  readonly id: number
  readonly type: string
  readonly title: string
  readonly description?: string
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
}

const ROOT = join(import.meta.dirname, '../../..')
const provisioning = readProvisioning(import.meta.dirname)
const boards = provisioning.files.map(({ file, dashboard }) => {
  const json = JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8'))
  return { file, dashboard, panels: json.panels as readonly Panel[], asked: json.annotations.list as readonly { expr: string }[], variables: json.templating.list as readonly { definition: string }[] }
})

/** Of services by their sources: histograms by the name they are made with. */
const sources = readdirSync(join(ROOT, 'compose/services'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.includes('.test.'))
const written = new Set(sources.flatMap((name) => [...readFileSync(join(ROOT, 'compose/services', name), 'utf8').matchAll(/'([a-z]\w*)'|\b([a-z]\w*):/g)].map(([, quoted, key]) => quoted ?? key)))
const ofEveryProcess = (() => {
  const register = new Registry()
  collectDefaultMetrics({ register })
  return register.getMetricsAsArray().map(({ name }) => name)
})()
const recorded = readdirSync(join(ROOT, 'alerts'))
  .filter((name) => name.endsWith('.rules.yml'))
  .flatMap((name) => parse(readFileSync(join(ROOT, 'alerts', name), 'utf8')).groups.flatMap(({ rules }: { rules: { record?: string }[] }) => rules.flatMap(({ record }) => record ?? [])))
const ofExporters = readFileSync(join(import.meta.dirname, 'testing/exporters.txt'), 'utf8').split(/\s+/)
const known = new Set<string>([...ofEveryProcess, ...recorded, ...ofExporters])

function isExported(name: string): boolean {
  return known.has(name) || written.has(name) || written.has(name.replace(/_(?:bucket|count|sum)$/, ''))
}

/** The metrics that a query reads; throws where it is no query. */
function metricsIn(query: string): readonly string[] {
  const filled = substitute(query, { ...builtIn(3_600_000, 15_000), service: { values: ['sample', 'auth'], several: true } })
  return findAll(parseQuery(filled), ['VectorSelector']).map((selector) => metricName(selector) ?? 'a pattern')
}

const isOver = (one: Panel['gridPos'], other: Panel['gridPos']): boolean =>
  one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h

test('there are enough of them, and Grafana would load each', () => {
  expect(boards.length).toBeGreaterThanOrEqual(4)
  expect(provisioning.files.flatMap((file) => whyNotLoaded(file, provisioning) ?? [])).toEqual([])
  const titles = boards.flatMap(({ dashboard }) => (dashboard === undefined ? [] : panelsOf(dashboard).map(({ title }) => title)))
  expect(titles.length).toBeGreaterThanOrEqual(25)
  expect(new Set(titles).size).toBe(titles.length)
})

describe.each(boards)('$file', ({ dashboard, panels, asked, variables }) => {
  const shown = panels.filter(({ type }) => type !== 'row')

  test('every panel asks a question, says what its answer means, and in which unit', () => {
    for (const { title, description } of shown) expect([title, description?.slice(-1)], title).toEqual([expect.stringMatching(/^[A-Z].*\?$/), '.'])
    expect(dashboard && panelsOf(dashboard).filter(({ fieldConfig }) => !fieldConfig.defaults.unit)).toEqual([])
  })

  test('no panel has the number of another, lies on another, or sticks out', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
    expect(panels.filter(({ gridPos }) => gridPos.x + gridPos.w > 24)).toEqual([])
    const places = panels.map(({ gridPos }) => gridPos)
    expect(panels.filter(({ gridPos }, index) => places.slice(0, index).some((other) => isOver(gridPos, other)))).toEqual([])
  })

  test('whatever is asked for is exported by somebody', () => {
    const queries = [...(dashboard === undefined ? [] : panelsOf(dashboard)).flatMap(({ targets }) => targets), ...asked].map(({ expr }) => expr)
    const selectors = variables.map(({ definition }) => /^label_values\((.*), \w+\)$/.exec(definition)?.[1] ?? '')
    const metrics = [...queries, ...selectors].flatMap(metricsIn)
    expect(metrics.length).toBeGreaterThan(queries.length / 2)
    expect(metrics.filter((metric) => !isExported(metric))).toEqual([])
  })

  test('a runbook that is named is there', () => {
    const named = shown.flatMap(({ description = '' }) => [...description.matchAll(/alerts\/runbooks\/\w+\.md/g)].map(([path]) => path))
    expect(named.length).toBeGreaterThan(3)
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  })
})

test('a metric that nobody exports is told apart', () => {
  expect(metricsIn('rate(http_request_duration_seconds_bucket{service=~"$service"}[$__rate_interval]) / api_requests_total').map(isExported)).toEqual([true, false])
})
