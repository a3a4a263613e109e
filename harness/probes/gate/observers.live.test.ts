// Looks at a real Prometheus and a real Jaeger: what they keep, and what they do not have.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { liveProcess } from '../../faults/testing/live-process.ts'
import { gateCheckSchema } from '../../model/gate-check.ts'
import type { CheckOf, GateCheck, GateKind } from '../../model/gate-check.ts'
import { foundTool } from '../../stack/toolchain/testing/found-tool.ts'
import { systemClock } from '../../time/clock.ts'
import { poll } from '../../time/poll.ts'
import { jaegerConfig } from '../testing/jaeger-config.ts'
import { logs } from './logs.ts'
import { rules } from './rules.ts'
import { scrapeInterval } from './scrape-interval.ts'
import { series } from './series.ts'
import { targets } from './targets.ts'
import { fakeScene } from './testing/fake-scene.ts'
import { traced } from './traced.ts'

const [prometheusBinary, jaegerBinary] = await Promise.all(['prometheus', 'jaeger'].map(foundTool))
const read = <K extends GateKind>(check: Extract<GateCheck, { kind: K }>) => gateCheckSchema.parse(check) as CheckOf<K>

function directory(): string {
  const made = mkdtempSync(join(tmpdir(), 'gate-live-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

const RULES = `groups:
- name: g
  interval: 500ms
  rules: [{record: 'a:b', expr: up}, {alert: Never, expr: up < 0}, {record: 'broken:b', expr: 'label_replace(up, "job", "x", "service", ".*") + ignoring(job) group_left up * on() up'}]`

test.skipIf(!prometheusBinary)('with a real Prometheus', async () => {
  const [data, address] = [directory(), { host: '127.65.14.1', port: 9090 }]
  const job = `{job_name: me, scrape_interval: 250ms, static_configs: [{targets: ['${address.host}:9090'], labels: {service: web}}, {targets: ['127.65.14.9:1'], labels: {service: dead}}]}`
  writeFileSync(join(data, 'rules.yml'), RULES)
  writeFileSync(join(data, 'prometheus.yml'), `global: {scrape_interval: 250ms, scrape_timeout: 250ms, evaluation_interval: 500ms}\nrule_files: [rules.yml]\nscrape_configs: [${job}]`)
  const prometheus = liveProcess({ argv: [prometheusBinary ?? '', `--config.file=${data}/prometheus.yml`, `--storage.tsdb.path=${data}/tsdb`, `--web.listen-address=${address.host}:9090`], address })
  await prometheus.start()
  onTestFinished(() => prometheus.kill())
  const scene = fakeScene({ observer: `http://${address.host}:9090` }, { condition: 'load', loadFrom: systemClock.now() })
  const every = read<'scrape-interval'>({ kind: 'scrape-interval', services: ['web', 'gone'], every: '10s' })
  await poll({ clock: systemClock, within: 30_000, what: 'samples' }, async () => ((await scrapeInterval(every, scene)).value.services[0]?.samples ?? 0) >= 12)

  const [web, ...others] = (await scrapeInterval(every, scene)).value.services
  expect(others).toEqual([])
  expect(web?.medianMs).toBeGreaterThan(240)
  expect(web?.medianMs).toBeLessThan(300)
  const up = await series(read<'series'>({ kind: 'series', query: 'up' }), scene)
  expect(up.value.map(({ labels, lowest, highest }) => [labels.service, lowest, highest]).toSorted()).toEqual([['dead', 0, 0], ['web', 1, 1]])
  expect((await series(read<'series'>({ kind: 'series', query: 'no_such_metric > 0' }), scene))).toEqual({ value: [], covered: true })
  expect(await series(read<'series'>({ kind: 'series', query: 'up(' }), scene)).toMatchObject({ covered: false, missing: expect.stringContaining('parse error') })
  expect((await targets(read<'targets'>({ kind: 'targets', services: ['web', 'dead', 'gone'] }), scene)).value.map(({ service, health }) => [service, health]).toSorted()).toEqual([['dead', 'down'], ['web', 'up']])
  const loaded = (await rules(read<'rules'>({ kind: 'rules' }), scene)).value
  expect(loaded.map(({ name, type, health }) => [name, type, health]).toSorted()).toEqual([['Never', 'alert', 'ok'], ['a:b', 'recording', 'ok'], ['broken:b', 'recording', 'err']])
})

const HOST = '127.65.14.2'
const [TRACE, LOST] = ['c'.repeat(32), 'd'.repeat(32)]

async function post(service: string, ...spans: readonly object[]): Promise<void> {
  const now = BigInt(systemClock.now()) * 1_000_000n
  const timed = spans.map((span) => ({ traceId: TRACE, name: 'x', startTimeUnixNano: String(now), endTimeUnixNano: String(now + 1_000_000n), ...span }))
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: service } }] }
  const reply = await fetch(`http://${HOST}:4318/v1/traces`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans: timed }] }] }) })
  expect(reply.status).toBe(200)
}

test.skipIf(!jaegerBinary)('with a real Jaeger', async () => {
  const data = directory()
  writeFileSync(join(data, 'jaeger.yaml'), jaegerConfig(HOST))
  const jaeger = liveProcess({ argv: [jaegerBinary ?? '', '--config', join(data, 'jaeger.yaml')], address: { host: HOST, port: 16_686 } })
  await jaeger.start()
  onTestFinished(() => jaeger.kill())
  const lines = [TRACE, LOST].map((trace) => JSON.stringify({ trace_id: trace }))
  const scene = fakeScene({ observer: `http://${HOST}:16686`, insight: { log: async () => lines } }, { condition: 'load', loadFrom: systemClock.now() - 1_000 })
  await poll({ clock: systemClock, within: 20_000, what: 'Jaeger to take spans' }, async () => (await post('web', { spanId: '1'.repeat(16), kind: 3 })) ?? true)
  await post('stock', { spanId: '2'.repeat(16), parentSpanId: '1'.repeat(16), kind: 2 }, { spanId: '3'.repeat(16), parentSpanId: '2'.repeat(16), kind: 3, attributes: [{ key: 'peer.service', value: { stringValue: 'redis' } }] })

  const seen = await traced(read<'traced'>({ kind: 'traced', services: ['web', 'stock'], edges: ['web->stock', 'stock->redis'], spans: 3 }), scene)
  expect(seen).toEqual({ value: { services: ['stock', 'web'], edges: ['stock->redis', 'web->stock'], traces: 1, longest: 3 }, covered: true })
  const absent = await traced(read<'traced'>({ kind: 'traced', services: ['nobody'] }), scene)
  expect(absent).toEqual({ value: { services: [], edges: [], traces: 0, longest: 0 }, covered: true })
  expect((await logs(read<'logs'>({ kind: 'logs', services: ['web'], joined: true }), scene)).value).toMatchObject([{ lines: 2, structured: 2, joined: 1 }])
  await jaeger.kill()
  expect(await traced(read<'traced'>({ kind: 'traced', services: ['web'] }), scene)).toMatchObject({ covered: false })
})
