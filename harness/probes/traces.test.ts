// When a trace is complete, on a clock that the test owns.
import { expect, test } from 'vitest'
import { HarnessError } from '../errors.ts'
import type { SpanFact } from '../model/evidence.ts'
import { fakeClock } from '../time/clock.ts'
import { eachLimited } from './limited.ts'
import { orphansOf } from './trace-watch.ts'
import { follow, type Following } from './traces.ts'

function span(id: string, parent: string, over: Partial<SpanFact> = {}): SpanFact {
  return { id, parent, service: 'sample', name: id, kind: 'internal', startMs: 0, ms: 1, error: false, peer: '', ...over }
}

const gateway = span('g', 'load', { service: 'api-gateway', kind: 'server' })
const call = span('c', 'g', { service: 'api-gateway', kind: 'client', peer: 'sample' })
const server = span('s', 'c', { kind: 'server' })

function asking(...traces: readonly string[]): Following {
  const asked = traces.map((trace) => ({ trace, t: 5, op: 'sample.create', phase: 'fault' as const }))
  return { asked, deadlineMs: 10_000, quietMs: 1_000, concurrency: 2, entry: 'api-gateway' }
}

/** What Jaeger has at each moment, by the fake clock. */
async function followed(at: (now: number, id: string) => readonly SpanFact[], query = asking('t')) {
  const clock = fakeClock()
  const seen = await follow({ clock, signal: new AbortController().signal }, query, async (id) => at(clock.now(), id))
  return { ...seen, took: clock.now() }
}

test('a trace is complete once it has been quiet for long enough', async () => {
  const { value, missing, took } = await followed(() => [gateway, call, server])
  expect(missing).toBeUndefined()
  expect(value).toEqual({
    asked: 1,
    notFound: [],
    traces: [{ id: 't', t: 5, op: 'sample.create', phase: 'fault', complete: true, orphans: 0, spans: [gateway, call, server] }],
  })
  expect(took).toBe(1_000)
})

test('each growth starts the quiet time again', async () => {
  const { value, took } = await followed((now) => (now < 750 ? [gateway] : [gateway, call, server]))
  expect([value.traces[0]?.complete, took]).toEqual([true, 1_750])
})

test('a span whose parent is missing keeps the trace incomplete until the deadline', async () => {
  const { value, missing, took } = await followed(() => [gateway, server])
  expect(value.traces[0]).toMatchObject({ complete: false, orphans: 1 })
  expect([missing, took]).toEqual([undefined, 10_000])
})

test("the load's own root is no orphan's parent, but only the entry service may have it", () => {
  expect(orphansOf([gateway, call, server], 'api-gateway')).toBe(0)
  expect(orphansOf([call, server], 'api-gateway')).toBe(1)
  expect(orphansOf([server], 'api-gateway')).toBe(1)
  expect(orphansOf([{ ...gateway, kind: 'client' }], 'api-gateway')).toBe(1)
  expect(orphansOf([span('r', '')], 'api-gateway')).toBe(0)
})

test('a server span that came before those above it is not taken for the whole trace', async () => {
  const { value, took } = await followed((now) => (now < 3_000 ? [server] : [gateway, call, server]))
  expect([value.traces[0]?.complete, took]).toEqual([true, 4_000])
})

test('a trace that never came is not found, which is evidence and no gap', async () => {
  const { value, missing } = await followed((_, id) => (id === 'there' ? [gateway] : []), asking('there', 'gone'))
  expect([value.notFound, value.traces.map(({ id }) => id), missing]).toEqual([['gone'], ['there'], undefined])
})

test('a trace that was evicted keeps what was seen of it, and is not complete', async () => {
  const { value } = await followed((now) => (now < 500 ? [gateway] : []))
  expect([value.notFound, value.traces[0]?.spans, value.traces[0]?.complete]).toEqual([[], [gateway], false])
})

test('an answer that failed at the end is a gap; one that failed before is not', async () => {
  const down = (from: number, to: number) => (now: number) => {
    if (now >= from && now < to) throw new HarnessError('PROBE_UNREACHABLE', 'Jaeger did not answer')
    return [gateway, server]
  }
  expect((await followed(down(0, Infinity))).missing).toBe('1 of 1 traces could not be read: Jaeger did not answer')
  expect((await followed(down(5_000, Infinity))).missing).toContain('could not be read')
  expect((await followed(down(0, 5_000))).missing).toBeUndefined()
})

test('traces that there was no time to look at are a gap', async () => {
  const clock = fakeClock()
  const seen = await follow({ clock, signal: new AbortController().signal }, { ...asking('a', 'b', 'c'), concurrency: 1 }, async () => {
    clock.advance(6_000)
    return [gateway]
  })
  expect(seen.missing).toBe('1 of 3 traces could not be read: not looked at before the deadline')
  expect(seen.value.notFound).toEqual([])
})

test('an abort ends the looks', async () => {
  const abort = new AbortController()
  const clock = fakeClock()
  const looking = follow({ clock, signal: abort.signal }, asking('t'), async () => {
    abort.abort(new Error('stop'))
    return []
  })
  await expect(looking).rejects.toThrow(/^stop$/)
})

test('no trace at all is answered at once', async () => {
  expect(await followed(() => [], asking())).toMatchObject({ value: { asked: 0, notFound: [], traces: [] }, took: 0 })
})

test('no more than so many at a time, and none begun after an error', async () => {
  let [inFlight, most, begun] = [0, 0, 0]
  await eachLimited([...Array(20).keys()], 3, async () => {
    most = Math.max(most, ++inFlight)
    await Promise.resolve()
    inFlight--
  })
  expect(most).toBe(3)
  const failing = eachLimited([...Array(20).keys()], 2, async () => {
    begun++
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(begun).toBe(2)
})
