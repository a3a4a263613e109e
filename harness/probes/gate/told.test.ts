// What services tell of themselves while they work: log lines, and traces.
import { expect, onTestFinished, test } from 'vitest'
import { gateCheckSchema } from '../../model/gate-check.ts'
import type { CheckOf } from '../../model/gate-check.ts'
import { deadAddress, fakeObserver } from '../testing/fake-observer.ts'
import type { FakeReply, FakeRequest } from '../testing/fake-observer.ts'
import { systemClock } from '../../time/clock.ts'
import type { Clock } from '../../time/clock.ts'
import { logs } from './logs.ts'
import { fakeScene } from './testing/fake-scene.ts'
import { traced } from './traced.ts'

let leapt = 0
/** Whoever sleeps to the end wakes up much sooner than it seems. */
const hurried: Clock = {
  now: () => systemClock.now() + leapt,
  sleep: async (ms, signal) => {
    await systemClock.sleep(ms / 50, signal)
    leapt += ms
  },
}
const readLogs = (changes = {}) => gateCheckSchema.parse({ kind: 'logs', services: ['web'], ...changes }) as CheckOf<'logs'>
const readTraced = (changes = {}) => gateCheckSchema.parse({ kind: 'traced', ...changes }) as CheckOf<'traced'>

async function jaeger(answer: (request: FakeRequest) => FakeReply) {
  const server = await fakeObserver(answer)
  onTestFinished(() => server[Symbol.asyncDispose]())
  return server
}

const [KNOWN, UNKNOWN] = ['a'.repeat(32), 'b'.repeat(32)]
const resource = (service: string) => ({ attributes: [{ key: 'service.name', value: { stringValue: service } }] })
const NONE: FakeReply = { status: 404, body: { error: { message: 'No traces found' } } }

function spans(service: string, ...all: readonly object[]) {
  return { resource: resource(service), scopeSpans: [{ spans: all.map((span) => ({ startTimeUnixNano: '1', endTimeUnixNano: '2', ...span })) }] }
}

const saying = (...lines: readonly string[]) => ({ log: async () => lines })
const line = (fields: object) => JSON.stringify({ level: 'info', ...fields })

test('lines: how many a machine can read, what they say, and an example of those it cannot', async () => {
  const scene = fakeScene({ insight: saying(line({ time: 1 }), 'Listening on port 80', line({}), '"a text"', '[1]') })
  const { value, covered } = await logs(readLogs({ fields: ['level', 'time'] }), scene)
  expect(value).toEqual([{ service: 'web', lines: 5, structured: 2, fields: { level: 2, time: 1 }, joined: 0, example: 'Listening on port 80' }])
  expect(covered).toBe(true)
})

test('lines are joined whose trace the backend has; it is asked for a few', async () => {
  const server = await jaeger(({ path }) => (path.endsWith(KNOWN) ? { body: { result: { resourceSpans: [spans('web', { spanId: '1' })] } } } : NONE))
  const insight = saying(line({ trace_id: KNOWN }), line({ traceId: KNOWN }), line({ 'trace.id': UNKNOWN }), line({ trace_id: 'no id' }), line({}))
  const { value, covered } = await logs(readLogs({ joined: true }), { ...fakeScene({ insight, observer: server.base }), clock: hurried })
  expect(value[0]?.joined).toBe(2)
  expect(covered).toBe(true)
})

test('blinded: nobody may read logs, or nobody knows of traces', async () => {
  expect(await logs(readLogs(), fakeScene())).toMatchObject({ value: [], covered: false })
  const scene = { ...fakeScene({ insight: saying(line({ trace_id: KNOWN })), observer: await deadAddress() }), clock: hurried }
  expect(await logs(readLogs({ joined: true }), scene)).toMatchObject({ covered: false, missing: expect.stringContaining('connection refused') })
  // traces are nobody's business where no line has to lead to one
  expect(await logs(readLogs(), scene)).toMatchObject({ covered: true })
})

/** web calls stock, which reads its store: one trace of three spans, and another of one. */
const TRACES = {
  result: {
    resourceSpans: [
      spans('web', { traceId: KNOWN, spanId: '1', kind: 3 }, { traceId: UNKNOWN, spanId: '9', kind: 2 }),
      spans('stock', { traceId: KNOWN, spanId: '2', parentSpanId: '1', kind: 2 }, { traceId: KNOWN, spanId: '3', parentSpanId: '2', kind: 3, attributes: [{ key: 'db.system.name', value: { stringValue: 'postgresql' } }] }),
    ],
  },
}
const edge = (name: string) => ({ name, from: name.split('->')[0] ?? '', to: name.split('->')[1] ?? '', listenPort: 1, upstreamPort: 2 })
const edges = ['web->stock', 'stock->postgres', 'web->mail', 'web->jaeger', 'stock->jaeger'].map(edge)
const underLoad = (observer: string) => ({ ...fakeScene({ edges, observer }, { loadFrom: 1_000, condition: 'load' }), clock: hurried })

test('traces: services, calls, how many, and the longest', async () => {
  const server = await jaeger(() => ({ body: TRACES }))
  const seen = await traced(readTraced({ services: ['web'], edges: ['*->postgres'], spans: 3 }), underLoad(server.base))
  expect(seen).toEqual({ value: { services: ['stock', 'web'], edges: ['stock->postgres', 'web->stock'], traces: 2, longest: 3 }, covered: true })
  expect(server.requests.map(({ query }) => query.get('query.service_name'))).toEqual(['web', 'stock'])
  expect(server.requests[0]?.query.get('query.start_time_min')).toBe('1970-01-01T00:00:01.000Z')
})

test('a call that no trace shows is asked for by name, and then it is evidence', async () => {
  const server = await jaeger(({ query }) => (query.has('query.attributes') ? NONE : { body: TRACES }))
  const { value, covered } = await traced(readTraced({ edges: ['web->mail'] }), underLoad(server.base))
  expect([value.edges.includes('web->mail'), covered]).toEqual([false, true])
  expect(server.requests.map(({ query }) => query.get('query.attributes'))).toContain('{"peer.service":"mail"}')
})

test('nobody is named: every service that sends spans is asked', async () => {
  const server = await jaeger(() => NONE)
  expect(await traced(readTraced(), underLoad(server.base))).toEqual({ value: { services: [], edges: [], traces: 0, longest: 0 }, covered: true })
  expect(new Set(server.requests.map(({ query }) => query.get('query.service_name')))).toEqual(new Set(['web', 'stock']))
})

test('blinded: no backend, no load', async () => {
  expect(await traced(readTraced({ services: ['web'] }), underLoad(await deadAddress()))).toMatchObject({ covered: false, missing: expect.stringContaining('connection refused') })
  expect(await traced(readTraced(), fakeScene())).toMatchObject({ covered: false, missing: 'there is no load to look at' })
})
