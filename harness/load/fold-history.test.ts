// The fold must never turn silence into success, nor a lost line into a lost write.
import { expect, test } from 'vitest'
import { foldHistory } from './fold-history.ts'
import type { HistoryLine } from './history-line.ts'

const T = 1_795_000_000_000

function invoked(id: string, more: Partial<HistoryLine> = {}): string {
  return JSON.stringify({ t: T, type: 'invoked', op: 'sample.create', id, trace: `trace-${id}`, ...more })
}

function ended(id: string, type: HistoryLine['type'], more: Partial<HistoryLine> = {}): string {
  const good = type === 'acknowledged'
  const line = { t: T + 20, type, op: 'sample.create', id, trace: `trace-${id}`, good, ms: 20, status: 200 }
  return JSON.stringify({ ...line, ...more })
}

const row = (key: string) => ({ store: 'samples', key })

function outcomeOf(lines: readonly string[], key: string): string | undefined {
  return foldHistory(lines).writes.get('samples')?.get(key)?.outcome
}

test('an operation counts in the second in which it began, however late it ends', () => {
  const late = ended('a', 'acknowledged', { t: T + 9_000, ms: 9_000 })
  const { buckets } = foldHistory([invoked('a'), invoked('b', { t: T + 1_000 }), late])
  expect(buckets).toEqual([
    { t: T, invoked: 1, good: 1, bad: 0, unknown: 0, p50: 9_000, p95: 9_000 },
    { t: T + 1_000, invoked: 1, good: 0, bad: 0, unknown: 1, p50: 0, p95: 0 },
  ])
})

test('a second in which nothing began is there, empty', () => {
  const { buckets } = foldHistory([invoked('a'), invoked('b', { t: T + 3_000 })])
  expect(buckets.map((bucket) => [bucket.t - T, bucket.invoked])).toEqual([[0, 1], [1_000, 0], [2_000, 0], [3_000, 1]])
})

test('a clock that jumps by a day does not fill the day', () => {
  const { buckets } = foldHistory([invoked('a'), invoked('b', { t: T + 86_400_000 })])
  expect(buckets).toHaveLength(2)
})

test('percentiles are those of the outcomes, by nearest rank', () => {
  const pair = (i: number) => [invoked(`${i}`), ended(`${i}`, 'acknowledged', { ms: i + 1 })]
  const lines = Array.from({ length: 20 }, (_, i) => pair(i)).flat()
  expect(foldHistory(lines).buckets[0]).toMatchObject({ invoked: 20, good: 20, p50: 10, p95: 19 })
})

test('an expected refusal is good, and its row must not be there', () => {
  const lines = [invoked('a', row('k')), ended('a', 'failed', { good: true, ...row('k') })]
  expect(foldHistory(lines).buckets[0]).toMatchObject({ good: 1, bad: 0 })
  expect(outcomeOf(lines, 'k')).toBe('failed')
})

test('a torn last line is counted and its operation stays unknown', () => {
  const folded = foldHistory([invoked('a', row('k')), ended('a', 'acknowledged', row('k')).slice(0, 40)])
  expect(folded).toMatchObject({ lines: 2, unreadable: 1, torn: true })
  expect(folded.ops['sample.create']).toMatchObject({ invoked: 1, good: 0, bad: 0, unknown: 1 })
  expect(folded.writes.get('samples')?.get('k')?.outcome).toBe('unknown')
})

test('a line in the middle that is no history is counted, and is not a torn one', () => {
  const noise = ['k6 says hello', '{"t":1}', '[]', 'null', '{"t":1,"type":"finished","op":"a","id":"b"}']
  const folded = foldHistory([invoked('a'), ...noise, ended('a', 'acknowledged')])
  expect(folded).toMatchObject({ lines: 7, unreadable: 5, torn: false })
})

test('an acknowledgement wins over every other attempt at the same key, before or after it', () => {
  const yes = [invoked('a', row('k')), ended('a', 'acknowledged', row('k'))]
  const no = [invoked('b', row('k')), ended('b', 'failed', row('k'))]
  const silence = [invoked('c', row('k'))]
  for (const lines of [[...yes, ...no], [...no, ...yes], [...silence, ...yes, ...no], [...yes, ...yes]]) {
    expect(outcomeOf(lines, 'k')).toBe('acknowledged')
  }
})

test('a key is failed only when every attempt was refused', () => {
  const no = (id: string) => [invoked(id, row('k')), ended(id, 'failed', row('k'))]
  expect(outcomeOf([...no('a'), ...no('b')], 'k')).toBe('failed')
  expect(outcomeOf([...no('a'), invoked('b', row('k'))], 'k')).toBe('unknown')
  expect(outcomeOf([...no('a'), invoked('b', row('k')), ended('b', 'unknown', row('k'))], 'k')).toBe('unknown')
})

test('a refusal said twice of one attempt does not cover for another attempt', () => {
  const twice = [invoked('a', row('k')), ended('a', 'failed', row('k')), ended('a', 'failed', row('k'))]
  const folded = foldHistory([invoked('b', row('k')), ...twice])
  expect(folded.writes.get('samples')?.get('k')?.outcome).toBe('unknown')
  expect(folded).toMatchObject({ orphans: 1 })
})

test('an acknowledged write counts although its first line was lost', () => {
  const folded = foldHistory(['{"t":179', ended('a', 'acknowledged', row('k'))])
  expect(folded.writes.get('samples')?.get('k')).toMatchObject({ outcome: 'acknowledged', t: T + 20, trace: 'trace-a' })
  expect(folded).toMatchObject({ unreadable: 1, orphans: 1, buckets: [] })
})

test('rows of a batch are writes and no operations', () => {
  const item = (id: string, key: string) => [invoked(id, { of: 'a', op: 'sample.batch-item', ...row(key) })]
  const lines = [
    invoked('a', { op: 'sample.batch' }),
    ...item('a.0', 'k0'),
    ...item('a.1', 'k1'),
    ended('a', 'acknowledged', { op: 'sample.batch' }),
    ended('a.0', 'acknowledged', { of: 'a', ...row('k0') }),
  ]
  const folded = foldHistory(lines)
  expect(folded.buckets).toMatchObject([{ invoked: 1, good: 1, unknown: 0 }])
  expect(Object.keys(folded.ops)).toEqual(['sample.batch'])
  expect(outcomeOf(lines, 'k0')).toBe('acknowledged')
  expect(outcomeOf(lines, 'k1')).toBe('unknown')
})

test('the reasons of bad outcomes are counted by operation', () => {
  const bad = (id: string, why: string) => [invoked(id), ended(id, 'unknown', { why })]
  const lines = [...bad('a', 'request timeout'), ...bad('b', 'request timeout'), ...bad('c', 'status 500')]
  expect(foldHistory(lines).ops).toEqual({
    'sample.create': { invoked: 3, good: 0, bad: 3, unknown: 0, why: { 'request timeout': 2, 'status 500': 1 } },
  })
})

test('traces are sampled by time, operation and goodness, with the time the operation began', () => {
  const many = Array.from({ length: 9 }, (_, i) => [invoked(`g${i}`), ended(`g${i}`, 'acknowledged')]).flat()
  const bad = [invoked('b'), ended('b', 'unknown')]
  const later = [invoked('l', { t: T + 60_000 }), ended('l', 'acknowledged', { t: T + 61_000 })]
  const { traces } = foldHistory([...many, ...bad, ...later])
  expect(traces.map(({ trace }) => trace)).toEqual(['trace-g0', 'trace-g1', 'trace-g2', 'trace-b', 'trace-l'])
  expect(traces.at(-1)).toMatchObject({ t: T + 60_000, good: true, ms: 20 })
})

test('a hundred thousand lines fold in less than a second', () => {
  const lines = Array.from({ length: 50_000 }, (_, i) => {
    const t = T + i * 50
    return [invoked(`${i}`, { t, ...row(`k${i}`) }), ended(`${i}`, 'acknowledged', { t: t + 20, ...row(`k${i}`) })]
  }).flat()
  const start = performance.now()
  const folded = foldHistory(lines)
  expect(performance.now() - start).toBeLessThan(1_000)
  expect(folded.buckets).toHaveLength(2_500)
  expect(folded.writes.get('samples')?.size).toBe(50_000)
})
