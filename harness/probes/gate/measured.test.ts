// Series and scrape intervals: over the time of the load, and never without one.
import { expect, onTestFinished, test } from 'vitest'
import { fakeObserver } from '../testing/fake-observer.ts'
import type { FakeRequest } from '../testing/fake-observer.ts'
import { scrapeInterval } from './scrape-interval.ts'
import { series } from './series.ts'
import { fakeScene } from './testing/fake-scene.ts'

type Series = readonly { readonly metric: object; readonly values: readonly (readonly [number, string])[] }[]

async function withSeries(result: Series, changes = {}) {
  const server = await fakeObserver(({ path, query, body }) => ({ body: { status: 'success', data: dataFor({ path, query, body }, result) } }))
  onTestFinished(() => server[Symbol.asyncDispose]())
  return { server, scene: fakeScene({ observer: server.base }, { loadFrom: Date.now() - 60_000, condition: 'load', ...changes }) }
}

function dataFor({ path, query }: Pick<FakeRequest, 'path' | 'query' | 'body'>, result: Series): unknown {
  if (path === '/api/v1/status/config') return { yaml: 'global: {scrape_interval: 375ms}' }
  if (query.get('query') === 'time()') return { resultType: 'scalar', result: [0, String(Date.now() / 1_000)] }
  return { resultType: 'matrix', result }
}

test('series: the lowest and the highest of each, asked at no more moments than are needed', async () => {
  const { scene, server } = await withSeries([{ metric: { service: 'web' }, values: [[1, '3'], [2, 'NaN'], [3, '-1'], [4, '8']] }])
  expect(await series({ kind: 'series', query: 'up' }, scene)).toEqual({ value: [{ labels: { service: 'web' }, lowest: -1, highest: 8 }], covered: true })
  const asked = new URLSearchParams(server.requests.find(({ path }) => path === '/api/v1/query_range')?.body)
  expect(Number(asked.get('step'))).toBeCloseTo(0.5, 1)
  expect(Number(asked.get('end')) - Number(asked.get('start'))).toBeCloseTo(60, 0)
})

test('no series is seen to be none; one without a number is not seen', async () => {
  expect(await series({ kind: 'series', query: 'up' }, (await withSeries([])).scene)).toEqual({ value: [], covered: true })
  const { scene } = await withSeries([{ metric: { a: 'b' }, values: [[1, 'NaN']] }])
  expect(await series({ kind: 'series', query: 'up' }, scene)).toEqual({ value: [], covered: false, missing: 'the series {"a":"b"} has no number' })
})

const every = (ms: number, amount: number, metric: object) => ({ metric, values: Array.from({ length: amount }, (_, index) => [1_000 + (index * ms) / 1_000, '1'] as const) })

test('scrape intervals: between samples, by the service or else the job, of the rarest target', async () => {
  const { scene } = await withSeries([every(375, 20, { job: 'a', service: 'web' }), every(1_500, 6, { job: 'b', service: 'web' }), every(400, 9, { job: 'prometheus' })])
  const { value, covered } = await scrapeInterval({ kind: 'scrape-interval', services: ['web', 'prometheus', 'gone'], every: '15s' }, scene)
  expect(value).toEqual({ acceleration: 40, floorMs: 250, services: [{ service: 'web', samples: 6, medianMs: 1_500 }, { service: 'prometheus', samples: 9, medianMs: 400 }] })
  expect(covered).toBe(true)
})

test('without load there is nothing to look at', async () => {
  const { scene } = await withSeries([], { loadFrom: undefined })
  expect(await series({ kind: 'series', query: 'up' }, scene)).toMatchObject({ covered: false, missing: 'there is no load to look at' })
  expect(await scrapeInterval({ kind: 'scrape-interval', services: ['web'], every: '15s' }, scene)).toMatchObject({ covered: false, missing: 'there is no load to look at' })
})
