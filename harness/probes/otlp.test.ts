// Both of Jaeger's languages, and things that are neither.
import { expect, test } from 'vitest'
import { legacyAnswer, legacySpansOf } from './jaeger-json.ts'
import { spansOf, traceAnswer, tracesOf } from './otlp.ts'

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } })
const times = { startTimeUnixNano: '1700000000123456789', endTimeUnixNano: '1700000001624956789' }

function read(...spans: readonly unknown[]) {
  const resource = { attributes: [text('service.name', 'sample')] }
  return spansOf(traceAnswer.parse({ result: { resourceSpans: [{ resource, scopeSpans: [{ scope: {}, spans }] }] } }))
}

test('a client span with its peer, times and error', () => {
  const attributes = [text('db.system', 'postgresql'), text('server.address', 'toxiproxy'), { key: 'n', value: { intValue: '5' } }]
  const span = { traceId: 'ab', spanId: 'b2', parentSpanId: 'a1', name: 'INSERT', kind: 3, ...times, attributes, status: { code: 2 } }
  const [fact] = read(span)
  expect(fact).toEqual({
    id: 'b2',
    parent: 'a1',
    service: 'sample',
    name: 'INSERT',
    kind: 'client',
    startMs: expect.closeTo(1_700_000_000_123.457, 2),
    ms: 1_501.5,
    error: true,
    peer: 'postgresql',
  })
})

test('kinds and status by name, a root without parent, a peer only where a call goes out', () => {
  const attributes = [text('peer.service', 'auth'), text('db.system', 'postgresql')]
  const facts = read(
    { spanId: '1', parentSpanId: '0000000000000000', kind: 'SPAN_KIND_SERVER', ...times, attributes },
    { spanId: '2', kind: 'SPAN_KIND_CLIENT', ...times, attributes, status: { code: 'STATUS_CODE_ERROR' } },
    { spanId: '3', ...times, status: {} },
    { spanId: '4', kind: 99, ...times },
  )
  expect(facts.map(({ parent, kind, peer, error }) => [parent, kind, peer, error])).toEqual([
    ['', 'server', '', false],
    ['', 'client', 'auth', true],
    ['', 'internal', '', false],
    ['', 'internal', '', false],
  ])
})

test('a span that was exported twice counts once', () => {
  expect(read({ spanId: '1', ...times }, { spanId: '1', ...times })).toHaveLength(1)
})

test('an answer with several traces is taken apart, and each span of a trace counts once', () => {
  const spans = [{ traceId: 'a', spanId: '1', ...times }, { traceId: 'b', spanId: '1', ...times }, { traceId: 'a', spanId: '2', ...times }, { traceId: 'a', spanId: '2', ...times }]
  const traces = tracesOf(traceAnswer.parse({ result: { resourceSpans: [{ scopeSpans: [{ spans }] }] } }))
  expect([...traces].map(([trace, own]) => [trace, own.map(({ id }) => id)])).toEqual([['a', ['1', '2']], ['b', ['1']]])
})

test('nothing in it is no spans', () => {
  expect(spansOf(traceAnswer.parse({ result: {} }))).toEqual([])
  expect(spansOf(traceAnswer.parse({ result: { resourceSpans: [{}] } }))).toEqual([])
})

test.each([
  [{ spanId: '', ...times }],
  [{ ...times }],
  [{ spanId: '1', ...times, startTimeUnixNano: 'yesterday' }],
  [{ spanId: '1', ...times, endTimeUnixNano: -1 }],
  [{ spanId: '1', ...times, attributes: 'many' }],
])('%j is refused', (span) => {
  expect(() => read(span)).toThrow()
})

test('the old API says the same in other words', () => {
  const tags = [{ key: 'span.kind', value: 'client' }, { key: 'error', value: true }, { key: 'peer.service', value: 'auth' }]
  const child = { spanID: 'b2', operationName: 'POST', references: [{ refType: 'CHILD_OF', spanID: 'a1' }], startTime: 1_700_000_000_123_456, duration: 1_500, tags, processID: 'p1' }
  const root = { spanID: 'a1', operationName: 'GET', references: [], startTime: 1_700_000_000_000_000, duration: 9, tags: null, processID: 'gone' }
  const answer = legacyAnswer.parse({ data: [{ traceID: 'ab', spans: [child, root, child], processes: { p1: { serviceName: 'sample' } } }] })
  expect(legacySpansOf(answer)).toEqual([
    { id: 'b2', parent: 'a1', service: 'sample', name: 'POST', kind: 'client', startMs: 1_700_000_000_123.456, ms: 1.5, error: true, peer: 'auth' },
    { id: 'a1', parent: '', service: '', name: 'GET', kind: 'internal', startMs: 1_700_000_000_000, ms: 0.009, error: false, peer: '' },
  ])
})
