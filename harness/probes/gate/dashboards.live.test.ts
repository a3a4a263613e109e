// The probe of dashboards against a real Prometheus: panels that show something, and each thing that may be wrong with one.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { aCheck, judgedBy } from '../../checks/testing/gate.ts'
import { liveProcess } from '../../faults/testing/live-process.ts'
import { foundTool } from '../../stack/toolchain/testing/found-tool.ts'
import { systemClock } from '../../time/clock.ts'
import { poll } from '../../time/poll.ts'
import { probeTargets } from '../targets.ts'
import { contextAt } from '../testing/fake-rig.ts'
import { probeDashboards } from './dashboards.ts'
import type { GateScene } from './gate-probe.ts'
import { aDashboard, aFolder, aPanel } from './grafana/testing/folder.ts'
import type { Files } from './grafana/testing/folder.ts'

const prometheusBinary = await foundTool('prometheus')
const ADDRESS = { host: '127.65.12.1', port: 9090 }
const EXPORTER = { host: '127.65.12.2', port: 9100 }
const BASE = `http://${ADDRESS.host}:${ADDRESS.port}`
const CHECK = { kind: 'dashboards' as const, dashboards: 1, panels: 1 }
const context = contextAt(BASE)
const data = mkdtempSync(join(tmpdir(), 'dashboards-prometheus-'))
const config = `global: {scrape_interval: 250ms}
scrape_configs: [{job_name: exporter, static_configs: [{targets: ['${EXPORTER.host}:${EXPORTER.port}'], labels: {service: sample}}]}]`

let served = 0
let silent = false
const exporter = createServer((_, response) => {
  if (silent) return
  response.setHeader('content-type', 'text/plain; version=0.0.4').end(`# TYPE served_total counter\nserved_total ${served++}\n# TYPE nothing gauge\nnothing NaN\n`)
})
const prometheus = liveProcess({
  argv: [prometheusBinary ?? '', `--config.file=${data}/prometheus.yml`, `--storage.tsdb.path=${data}/tsdb`, `--web.listen-address=${ADDRESS.host}:${ADDRESS.port}`],
  address: ADDRESS,
})

/** What the probe sees of a folder; undefined for a stack that names none. */
async function seen(files: Files | undefined, changes: Partial<GateScene> = {}) {
  const dashboards = files === undefined ? {} : { dashboards: aFolder(files) }
  onTestFinished(() => rmSync(dashboards.dashboards ?? '', { recursive: true, force: true }))
  const { rig } = context
  const scene = { ...context, rig: { ...rig, stack: { ...rig.stack, harness: { ...rig.stack.harness, ...dashboards } } }, condition: 'load', run: 'x', acceleration: 4, jwtSecret: undefined, ...changes }
  return probeDashboards(aCheck<'dashboards'>(CHECK), scene as GateScene)
}

/** A minute passes at the first wait. */
function impatient(): Pick<GateScene, 'clock'> {
  let passed = 0
  return { clock: { now: () => systemClock.now() + passed, sleep: async (ms, signal) => systemClock.sleep(ms, signal).then(() => void (passed = 60_000)) } }
}

const one = (...panels: readonly object[]) => ({ 'dashboards/one.json': aDashboard(panels) })
const verdictOf = async (files: Files) => judgedBy<'dashboards'>(CHECK, (await seen(files)).value)

describe.skipIf(!prometheusBinary)('with a real Prometheus', () => {
  beforeAll(async () => {
    writeFileSync(join(data, 'prometheus.yml'), config)
    exporter.listen(EXPORTER.port, EXPORTER.host)
    await prometheus.start()
    await poll({ clock: systemClock, within: 20_000, every: 50, what: 'the target' }, async () => (await probeTargets(context)).value.some(({ health }) => health === 'up'))
    await systemClock.sleep(1_500)
  })

  afterAll(async () => {
    await prometheus.kill()
    exporter.close()
    exporter.closeAllConnections()
    rmSync(data, { recursive: true, force: true })
  })

  test('panels that show something: a curve, a figure, one with a variable, and windows divided like the rest of time', async () => {
    const templating = { list: [{ name: 'service', type: 'query', query: 'label_values(up, service)', includeAll: true, current: { value: '$__all' } }] }
    const figure = { targets: [{ expr: 'up', instant: true }] }
    const panels = [aPanel('rate(served_total[$__rate_interval])'), aPanel('', figure), aPanel('up{service=~"$service"}'), aPanel('up offset 2s')]
    const { value, covered } = await seen({ 'dashboards/one.json': aDashboard(panels, { templating }) })
    expect(covered).toBe(true)
    expect(value).toEqual([{ title: 'One', loads: true, panels: panels.map(() => ({ title: 'Rate', unit: true, parses: true, data: true })) }])
    expect(judgedBy<'dashboards'>({ ...CHECK, panels: 4 }, value).verdict).toBe('pass')
  })

  test.each([
    ['a query that is none', one(aPanel('rate(up[5m)')), 'the query of One / Rate does not parse: not a PromQL query, at character 11 of: rate(up[5m)'],
    ['a variable that nobody knows', one(aPanel('up{service="a"} > $limit')), 'the query of One / Rate does not parse'],
    ['no data', one(aPanel('rate(servd_total[5m])')), 'One / Rate shows nothing: rate(servd_total[5m])'],
    ['only NaN', one(aPanel('nothing / nothing')), 'One / Rate shows nothing: nothing / nothing'],
    ['one curve of two', one(aPanel('', { targets: [{ expr: 'up' }, { expr: 'up == 7' }] })), 'One / Rate shows nothing: up == 7'],
    ['what Prometheus refuses', one(aPanel('rate(up)')), 'One / Rate shows nothing: rate(up) (Prometheus refused /api/v1/query_range (400)'],
    ['no query at all', one(aPanel('', { targets: [{ expr: 'up', hide: true }] })), 'One / Rate shows nothing: it asks nothing'],
    ['no unit', one(aPanel('up', { fieldConfig: { defaults: {} } })), 'One / Rate has no unit'],
    ['an unknown datasource', one(aPanel('up', { datasource: { uid: 'other' } })), 'One does not load: there is no datasource other'],
    ['a file that nobody points to', { 'elsewhere/one.json': aDashboard([aPanel('up')]) }, 'One does not load: no provider points to it'],
  ])('%s is seen as such', async (_, files, because) => {
    const outcome = await verdictOf(files)
    expect(outcome).toMatchObject({ verdict: 'fail', because: expect.stringContaining(because) })
  })

  test('what was there before the load does not count', async () => {
    const now = systemClock.now()
    const old = one(aPanel(`up and on() (vector(time()) < ${(now - 200) / 1_000})`))
    expect((await seen(old)).value[0]?.panels[0]?.data).toBe(true)
    expect((await seen(old, { loadFrom: now, ...impatient() })).value[0]?.panels[0]?.data).toBe(false)
  })

  test('what is seldom asked for is waited for', async () => {
    const later = one(aPanel(`up and on() (vector(time()) > ${(systemClock.now() + 1_500) / 1_000})`))
    expect((await seen(later)).value[0]?.panels[0]?.data).toBe(false)
    expect((await seen(later, { loadFrom: systemClock.now() })).value[0]?.panels[0]?.data).toBe(true)
  })

  test('a panel that asks somebody else is not looked at, and that is said', async () => {
    const traces = 'datasources: [{ name: Jaeger, uid: jaeger, type: jaeger }]'
    const looked = await seen({ ...one(aPanel('', { title: 'Traces', datasource: { uid: 'jaeger' } })), 'provisioning/datasources/traces.yaml': traces })
    expect(looked).toMatchObject({ covered: false, missing: 'Traces asks Jaeger, which is not looked at' })
  })

  test('where time runs faster, a target that is late may be so for that alone', async () => {
    const none = one(aPanel('servd_total'))
    silent = true
    await poll({ clock: systemClock, within: 20_000, every: 50, what: 'a late target' }, async () => (await probeTargets(context)).value.some(({ lastError }) => lastError !== ''))
    const [fast, real] = [await seen(none), await seen(none, { acceleration: 1 })]
    silent = false
    expect(fast).toMatchObject({ covered: false, missing: 'sample did not answer Prometheus in the 4th part of the time that it gives them' })
    expect(real).toMatchObject({ covered: true, value: [{ panels: [{ data: false }] }] })
  })

  test('nowhere to look, and nobody to ask', async () => {
    expect(await seen(undefined)).toEqual({ value: [], covered: false, missing: 'the stack names no folder of dashboards' })
    await prometheus.kill()
    expect(await seen(one(aPanel('up')))).toMatchObject({ covered: false, missing: expect.stringContaining('connection refused') })
  })
})
