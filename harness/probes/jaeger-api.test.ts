// Which API is asked, and what counts as "not found" rather than as no answer.
import { expect, onTestFinished, test } from 'vitest'
import { fakeObserver, type FakeReply, type FakeRequest } from './testing/fake-observer.ts'
import { contextAt } from './testing/fake-rig.ts'
import { fetchTraceFrom } from './jaeger-api.ts'

async function fetching(answer: (request: FakeRequest) => FakeReply) {
  const server = await fakeObserver(answer)
  onTestFinished(() => server[Symbol.asyncDispose]())
  const fetchTrace = fetchTraceFrom(contextAt(server.base))
  return { server, fetchTrace: () => fetchTrace('a/b', 1_000) }
}

const span = { spanId: '1', startTimeUnixNano: '1', endTimeUnixNano: '2' }
const v3 = { result: { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] } }
const legacy = { data: [{ spans: [{ spanID: '7', startTime: 1, duration: 1 }] }] }
const legacyOnly = (elsewhere: FakeReply) => (request: FakeRequest) => (request.path.startsWith('/api/v3') ? elsewhere : { body: legacy })

test('API v3 is asked for raw times, with the id encoded', async () => {
  const { server, fetchTrace } = await fetching(() => ({ body: v3 }))
  expect((await fetchTrace()).map(({ id }) => id)).toEqual(['1'])
  expect(server.requests.map(({ path, query }) => `${path}?${query}`)).toEqual(['/api/v3/traces/a%2Fb?raw_traces=true'])
})

test('not found is no spans, and asks no further', async () => {
  const { server, fetchTrace } = await fetching(() => ({ status: 404, body: { error: { httpCode: 404, message: 'No traces found' } } }))
  expect(await fetchTrace()).toEqual([])
  expect(server.requests).toHaveLength(1)
})

test.each([
  ['a bare 404', { status: 404, body: '404 page not found' }],
  ['the page of the user interface', { body: '\n<!doctype html>' }],
])('where API v3 gives %s the old API is asked', async (_, elsewhere) => {
  const { fetchTrace } = await fetching(legacyOnly(elsewhere))
  expect((await fetchTrace()).map(({ id }) => id)).toEqual(['7'])
})

test('not found in the old API is no spans either', async () => {
  const { fetchTrace } = await fetching(({ path }) => ({ status: 404, body: path.startsWith('/api/v3') ? '' : { data: null, errors: [{ code: 404 }] } }))
  expect(await fetchTrace()).toEqual([])
})

test('a server that knows neither API has not answered', async () => {
  const { fetchTrace } = await fetching(() => ({ status: 404, body: 'nothing here' }))
  await expect(fetchTrace()).rejects.toThrow('Jaeger answered 404: nothing here')
  const broken = await fetching(() => ({ body: { result: { resourceSpans: 'none' } } }))
  await expect(broken.fetchTrace()).rejects.toThrow('Jaeger gave an unexpected answer')
})
