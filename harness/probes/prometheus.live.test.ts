// The Prometheus probes against a real one: an alert that comes and goes, a Prometheus that is away for a while, one
// that is frozen.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { liveProcess } from '../faults/testing/live-process.ts'
import type { Window } from '../model/evidence.ts'
import { systemClock } from '../time/clock.ts'
import { poll } from '../time/poll.ts'
import { probeActiveAlerts } from './active-alerts.ts'
import { probeAlerts } from './alerts.ts'
import { probeClock } from './clock.ts'
import { probeRuleSignal } from './rule-signal.ts'
import { probeRules } from './rules.ts'
import { probeTargets } from './targets.ts'
import { contextAt } from './testing/fake-rig.ts'
import { foundTool } from '../stack/toolchain/testing/found-tool.ts'
import { probeValue } from './value.ts'

const prometheusBinary = await foundTool('prometheus')
const ADDRESS = { host: '127.65.10.1', port: 9090 }
const EXPORTER = { host: '127.65.10.2', port: 9100 }
const INTERVAL_MS = 500
const context = contextAt(`http://${ADDRESS.host}:${ADDRESS.port}`)
const data = mkdtempSync(join(tmpdir(), 'probes-prometheus-'))

const rules = `groups:
- name: broken
  interval: 500ms
  rules:
  - {record: broken:max, expr: max(broken)}
  - {alert: Broken, expr: broken > 0.5, for: 1s, labels: {team: backend}}
  - {alert: NeverBroken, expr: 'rate(broken[3s]) > 100', for: 5s}
  - {alert: RecordedBroken, expr: 'avg_over_time(broken:max[4s]) > 100', for: 5s}`
const config = `global: {scrape_interval: 500ms, evaluation_interval: 500ms}
rule_files: [${data}/rules.yml]
scrape_configs:
- {job_name: prometheus, static_configs: [{targets: ['${ADDRESS.host}:${ADDRESS.port}']}]}
- job_name: exporter
  scrape_interval: 250ms
  static_configs: [{targets: ['${EXPORTER.host}:${EXPORTER.port}'], labels: {service: sample}}]`

let broken = 0
const exporter = createServer((_, response) => {
  response.setHeader('content-type', 'text/plain; version=0.0.4').end(`# TYPE broken gauge\nbroken ${broken}\n`)
})
const prometheus = liveProcess({
  argv: [prometheusBinary ?? '', `--config.file=${data}/prometheus.yml`, `--storage.tsdb.path=${data}/tsdb`, `--web.listen-address=${ADDRESS.host}:${ADDRESS.port}`],
  address: ADDRESS,
})

/** Polls until `look` is true, and returns our time then. */
async function until(what: string, look: () => Promise<boolean>): Promise<number> {
  await poll({ clock: systemClock, within: 20_000, every: 50, what }, look)
  return systemClock.now()
}

const allUp = async () => {
  const { value } = await probeTargets(context)
  return value.length === 2 && value.every(({ health }) => health === 'up')
}
const firing = async () => (await probeActiveAlerts(context)).value.some(({ state }) => state === 'firing')
const quiet = async () => (await probeActiveAlerts(context)).value.length === 0
const evaluatedUntil = (time: number) => async () => (await probeAlerts(context, { from: time, to: time + 3 * INTERVAL_MS })).covered

describe.skipIf(!prometheusBinary)('with a real Prometheus', () => {
  let alerting: Window = { from: 0, to: 0 }

  beforeAll(async () => {
    writeFileSync(join(data, 'rules.yml'), rules)
    writeFileSync(join(data, 'prometheus.yml'), config)
    exporter.listen(EXPORTER.port, EXPORTER.host)
    await prometheus.start()
    await until('all targets', allUp)
    await until('a first evaluation', evaluatedUntil(systemClock.now()))
  })

  afterAll(async () => {
    await prometheus.kill()
    exporter.close()
    exporter.closeAllConnections()
    rmSync(data, { recursive: true, force: true })
  })

  test('rules come with what their delay is derived from', async () => {
    const { value, missing } = await probeRules(context)
    expect(missing).toMatch(/^Alertmanager .* answered 404/)
    expect(value.scrapeMs).toBe(500)
    expect(value.alerts).toMatchObject([
      { alert: 'Broken', group: 'broken', forMs: 1_000, intervalMs: 500, windowMs: 0, depth: 0, health: 'ok', labels: { team: 'backend' } },
      { alert: 'NeverBroken', forMs: 5_000, windowMs: 3_000, depth: 0 },
      { alert: 'RecordedBroken', windowMs: 4_000, depth: 1 },
    ])
  })

  test('targets and clock', async () => {
    expect((await probeTargets(context)).value).toContainEqual({ job: 'exporter', service: 'sample', health: 'up', lastError: '' })
    const clock = await probeClock(context)
    expect(clock.covered).toBe(true)
    expect(Math.abs(clock.value.offsetMs)).toBeLessThanOrEqual(clock.value.roundTripMs + 2)
  })

  test('an alert that fires and ends has spans with the times at which it did', async () => {
    const from = systemClock.now()
    await until('an evaluation before', evaluatedUntil(from))
    const set = systemClock.now()
    broken = 1
    const seenFiring = await until('the alert', firing)
    broken = 0
    const cleared = systemClock.now()
    const seenQuiet = await until('its end', quiet)
    await until('an evaluation after', evaluatedUntil(seenQuiet))
    alerting = { from, to: systemClock.now() }

    const { value, covered, missing } = await probeAlerts(context, alerting)
    expect({ covered, missing }).toEqual({ covered: true })
    const [pending, fired, ...more] = value.series.toSorted((a, b) => b.state.localeCompare(a.state))
    expect(more).toEqual([])
    expect(pending).toMatchObject({ alert: 'Broken', state: 'pending', labels: { service: 'sample', team: 'backend' }, spans: { length: 1 } })
    const [began, ended] = [pending?.spans[0]?.from ?? 0, pending?.spans[0]?.to ?? 0]
    const [from2, to2] = [fired?.spans[0]?.from ?? 0, fired?.spans[0]?.to ?? 0]
    expect(began).toBeGreaterThan(set)
    expect(began).toBeLessThanOrEqual(seenFiring - 1_000)
    expect(from2 - began).toBe(1_000)
    expect(from2 - ended).toBe(INTERVAL_MS)
    expect(from2).toBeLessThanOrEqual(seenFiring)
    expect(to2).toBeLessThanOrEqual(cleared + 250 + 2 * INTERVAL_MS)
    expect(value.groups).toMatchObject([{ group: 'broken', intervalMs: 500, longestGapMs: expect.toSatisfy((gap: number) => gap < 2_500) }])
    expect(value.groups[0]?.evaluations).toBeCloseTo((alerting.to - alerting.from) / INTERVAL_MS, -1)
  })

  test('the signal behind the alert shows both sides of the threshold', async () => {
    const { value: facts } = await probeRules(context)
    const rule = facts.alerts[0]
    if (!rule) throw new Error('no rule')
    const { covered, value } = await probeRuleSignal(context, rule, alerting)
    expect({ covered, ...value }).toMatchObject({ covered: true, left: 'broken', comparator: '>', threshold: 0.5, partial: false, stepMs: 500 })
    const values = new Set(value.series[0]?.points.map(([, point]) => point))
    expect(values).toEqual(new Set([0, 1]))
  })

  test('a value is covered where there are samples, and not where there are none', async () => {
    const query = { phase: 'fault', window: alerting, stepMs: 500 } as const
    const there = await probeValue(context, { ...query, query: 'max_over_time(broken[1s])' })
    expect(there).toMatchObject({ covered: true, value: { series: [{ labels: { job: 'exporter' } }] } })
    expect(there.value.series[0]?.points.length).toBe(there.value.expectedPoints)
    expect((await probeValue(context, { ...query, query: 'nothing_like_it' })).missing).toContain('no series')
    const early = { from: alerting.from - 3_600_000, to: alerting.to }
    expect((await probeValue(context, { ...query, window: early, query: 'broken' })).missing).toMatch(/has \d+ of 72\d\d expected points/)
    expect((await probeValue(context, { ...query, query: 'broken{' })).missing).toContain('parse error')
  })

  test('a window from before there was any sample is not covered', async () => {
    const { covered, missing } = await probeAlerts(context, { from: alerting.from - 7_200_000, to: alerting.from - 3_600_000 })
    expect([covered, missing]).toEqual([false, expect.stringContaining('it was not running or does not scrape itself')])
  })

  test('while Prometheus is away nothing is covered, and afterwards the window keeps its hole', async () => {
    const from = systemClock.now()
    await until('an evaluation before', evaluatedUntil(from))
    await prometheus.kill()
    const away = systemClock.now()
    expect(await probeAlerts(context, { from, to: away })).toMatchObject({ covered: false, missing: expect.stringContaining('connection refused') })
    await prometheus.start()
    await until('all targets again', allUp)
    const back = await until('an evaluation after', evaluatedUntil(systemClock.now()))

    const { covered, missing, value } = await probeAlerts(context, { from, to: back })
    expect([covered, missing]).toEqual([false, expect.stringMatching(/^Prometheus did not evaluate group broken for \d+(\.\d+)? s/)])
    expect(value.groups[0]?.longestGapMs).toBeGreaterThan(2_500)
    const seen = await probeValue(context, { query: 'broken', phase: 'fault', window: { from: away, to: back }, stepMs: 500 })
    expect(seen).toMatchObject({ covered: false, missing: expect.stringContaining('expected points') })
    const after = systemClock.now()
    await until('coverage again', async () => (await probeAlerts(context, { from: after, to: after + 2_000 })).covered)
  })

  test('a Prometheus that is frozen is not covered, and does not hold us', async () => {
    prometheus.freeze()
    const seen = await probeAlerts(contextAt(`http://${ADDRESS.host}:${ADDRESS.port}`, { hurried: true }), alerting)
    prometheus.thaw()
    expect(seen).toMatchObject({ covered: false, missing: expect.stringContaining('no complete answer within 5 s') })
  })
})
