// The traces probe against a real Jaeger: traces that arrive in parts, never arrive, or never become whole.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { liveProcess } from '../faults/testing/live-process.ts'
import { systemClock } from '../time/clock.ts'
import { poll } from '../time/poll.ts'
import { contextAt } from './testing/fake-rig.ts'
import { jaegerConfig } from './testing/jaeger-config.ts'
import { foundTool } from '../stack/toolchain/testing/found-tool.ts'
import { probeHttp } from './ready.ts'
import { probeTracedEdges } from './traced-edges.ts'
import { probeTraces } from './traces.ts'

const HOST = '127.65.11.1'
const QUIET_MS = 500
const jaegerBinary = await foundTool('jaeger')
const data = mkdtempSync(join(tmpdir(), 'probes-jaeger-'))
const context = contextAt(`http://${HOST}:16686`)
const jaeger = liveProcess({ argv: [jaegerBinary ?? '', '--config', join(data, 'jaeger.yaml')], address: { host: HOST, port: 16_686 } })

const TRACE = (n: number) => n.toString(16).padStart(32, 'a')
const SPAN = (n: number) => n.toString(16).padStart(16, 'b')
const began = BigInt(systemClock.now()) * 1_000_000n
const [SERVER, CLIENT] = [2, 3]

/** A span of 20 ms, `n * 10` ms into its trace, below the span `parent`. */
function span(trace: number, n: number, { parent, kind = SERVER, peer }: { parent: number; kind?: number; peer?: string }) {
  const start = began + BigInt(n) * 10_000_000n
  const attributes = peer ? [{ key: 'peer.service', value: { stringValue: peer } }] : []
  const times = { startTimeUnixNano: String(start), endTimeUnixNano: String(start + 20_000_000n) }
  return { traceId: TRACE(trace), spanId: SPAN(n), parentSpanId: SPAN(parent), name: `span ${n}`, kind, attributes, status: { code: n === 3 ? 2 : 0 }, ...times }
}

async function post(service: string, ...spans: readonly ReturnType<typeof span>[]): Promise<void> {
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: service } }] }
  const body = JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] })
  const reply = await fetch(`http://${HOST}:4318/v1/traces`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  expect(reply.status).toBe(200)
}

function asking(trace: number) {
  return { asked: [{ trace: TRACE(trace), t: 1, op: 'sample.create', phase: 'fault' as const }], quietMs: QUIET_MS, deadlineMs: 4_000 }
}

/** 99 is the load's own root span, which nobody exports. */
const gatewaySpans = (trace: number) => [span(trace, 1, { parent: 99 }), span(trace, 2, { parent: 1, kind: CLIENT, peer: 'sample' })]

describe.skipIf(!jaegerBinary)('with a real Jaeger', () => {
  beforeAll(async () => {
    writeFileSync(join(data, 'jaeger.yaml'), jaegerConfig(HOST))
    await jaeger.start()
    await poll({ clock: systemClock, within: 20_000, what: 'Jaeger' }, async () => (await probeHttp(`http://${HOST}:16686/api/v3/services`, context)).status === 200)
  })

  afterAll(async () => {
    await jaeger.kill()
    rmSync(data, { recursive: true, force: true })
  })

  test('a trace that is there is complete after its quiet time, with its spans as they were sent', async () => {
    await post('api-gateway', ...gatewaySpans(1))
    await post('sample', span(1, 3, { parent: 2 }))
    const asked = systemClock.now()
    const { covered, value } = await probeTraces(context, asking(1))
    const took = systemClock.now() - asked
    expect(covered).toBe(true)
    expect(value.traces).toMatchObject([{ id: TRACE(1), complete: true, orphans: 0, op: 'sample.create', phase: 'fault', spans: { length: 3 } }])
    const client = value.traces[0]?.spans.find(({ kind }) => kind === 'client')
    expect(client).toMatchObject({ id: SPAN(2), parent: SPAN(1), service: 'api-gateway', name: 'span 2', ms: 20, error: false, peer: 'sample' })
    expect(client?.startMs).toBeCloseTo(Number(began) / 1e6 + 20, 1)
    expect(value.traces[0]?.spans.find(({ service }) => service === 'sample')).toMatchObject({ kind: 'server', error: true, peer: '' })
    expect(took).toBeGreaterThanOrEqual(QUIET_MS)
    expect(took).toBeLessThan(4_000)
  })

  test('a trace that comes in two parts is complete only after the second', async () => {
    await post('sample', span(2, 3, { parent: 2 }))
    const first = await probeTraces(context, { ...asking(2), deadlineMs: 1_500 })
    expect(first.value.traces).toMatchObject([{ complete: false, orphans: 1 }])
    const following = probeTraces(context, asking(2))
    await post('api-gateway', ...gatewaySpans(2))
    const posted = systemClock.now()
    expect((await following).value.traces).toMatchObject([{ complete: true, orphans: 0, spans: { length: 3 } }])
    expect(systemClock.now() - posted).toBeGreaterThanOrEqual(QUIET_MS)
  })

  test('an orphan keeps its trace from ever being complete', async () => {
    await post('api-gateway', ...gatewaySpans(3))
    await post('sample', span(3, 5, { parent: 4 }))
    const { covered, value } = await probeTraces(context, { ...asking(3), deadlineMs: 2_000 })
    expect(covered).toBe(true)
    expect(value.traces).toMatchObject([{ complete: false, orphans: 1, spans: { length: 3 } }])
  })

  test('spans that were exported twice are counted once', async () => {
    await post('api-gateway', ...gatewaySpans(4))
    await post('api-gateway', ...gatewaySpans(4))
    expect((await probeTraces(context, asking(4))).value.traces).toMatchObject([{ complete: true, spans: { length: 2 } }])
  })

  test('a trace that never was is not found, beside one that was', async () => {
    const query = { ...asking(1), asked: [...asking(1).asked, ...asking(77).asked], deadlineMs: 1_500 }
    expect(await probeTraces(context, query)).toMatchObject({ covered: true, value: { asked: 2, notFound: [TRACE(77)], traces: [{ id: TRACE(1) }] } })
  })

  test('an id that Jaeger does not take is no answer', async () => {
    const asked = [{ trace: 'no/hex', t: 1, op: 'o', phase: 'fault' as const }]
    expect(await probeTraces(context, { asked, deadlineMs: 500 })).toMatchObject({ covered: false, missing: expect.stringContaining('Jaeger answered 400') })
  })

  test('two hundred traces are followed within the deadline', async () => {
    const many = Array.from({ length: 200 }, (_, index) => 1_000 + index)
    for (const trace of many) await post('api-gateway', ...gatewaySpans(trace))
    const asked = many.flatMap((trace) => asking(trace).asked)
    const { covered, value } = await probeTraces(context, { asked, quietMs: QUIET_MS, deadlineMs: 15_000 })
    expect([covered, value.traces.filter(({ complete }) => complete).length]).toEqual([true, 200])
  })

  describe('edges in traces', () => {
    const edges = [['api-gateway', 'sample'], ['api-gateway', 'stock'], ['api-gateway', 'jaeger'], ['sample', 'postgres'], ['sample', 'jaeger'], ['mute', 'sample'], ['mute', 'jaeger'], ['prometheus', 'sample']].map(([from = '', to = '']) => {
      return { name: `${from}->${to}`, from, to, listenPort: 1, upstreamPort: 1 }
    })
    const rig = { ...context.rig, stack: { ...context.rig.stack, edges } }
    const window = { from: Number(began / 1_000_000n) - 1_000, to: Number(began / 1_000_000n) + 60_000 }

    test('what is seen, what nobody uses, what nobody listed, and who exports nothing', async () => {
      await post('api-gateway', span(5, 50, { parent: 99 }), span(5, 51, { parent: 50, kind: CLIENT, peer: 'sample' }))
      await post('sample', span(5, 52, { parent: 51 }), span(5, 53, { parent: 52, kind: CLIENT, peer: 'postgres' }), span(5, 54, { parent: 52, kind: CLIENT, peer: 'redis' }))
      const { covered, value } = await probeTracedEdges({ ...context, rig }, window)
      expect(covered).toBe(true)
      expect(value.expected).toEqual(['api-gateway->sample', 'api-gateway->stock', 'sample->postgres', 'mute->sample'])
      expect(value).toMatchObject({ seen: ['api-gateway->sample', 'sample->postgres'], strangers: ['sample->redis'], silent: ['mute'] })
    })

    test('a call that nobody took up is no proof of its edge', async () => {
      const gone = { from: window.from - 7_200_000, to: window.from - 3_600_000 }
      expect((await probeTracedEdges({ ...context, rig }, gone)).value).toMatchObject({ seen: [], silent: ['api-gateway', 'mute', 'sample'] })
    })
  })

  test('without Jaeger nothing is covered', async () => {
    await jaeger.kill()
    expect(await probeTracedEdges({ ...context, rig: { ...context.rig, stack: { ...context.rig.stack, edges: [] } } }, { from: 0, to: 1 })).toMatchObject({ covered: true, value: { expected: [] } })
    expect(await probeTraces(context, { ...asking(1), deadlineMs: 500 })).toMatchObject({ covered: false, missing: expect.stringContaining('connection refused') })
  })
})
