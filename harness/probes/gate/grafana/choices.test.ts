// What a variable stands for when a dashboard is opened: what was saved, all there is, the first, or nobody can tell.
import { expect, test } from 'vitest'
import { fakeObserver, prometheusAnswers } from '../../testing/fake-observer.ts'
import { contextAt } from '../../testing/fake-rig.ts'
import { prometheusOf } from '../../prometheus-api.ts'
import { choicesOf, rangeOf } from './choices.ts'
import { readDashboard } from './dashboard.ts'
import { aDashboard } from './testing/folder.ts'

const SERVICES = { name: 'service', type: 'query', query: { query: 'label_values(up, service)' } }

async function chosen(...list: readonly object[]) {
  await using server = await fakeObserver(prometheusAnswers({ '/api/v1/label/service/values': ['auth', 'sample'] }))
  const dashboard = readDashboard(JSON.stringify(aDashboard([], { templating: { list } })))
  const seen = await choicesOf(dashboard, {}, prometheusOf(contextAt(server.base)))
  return { ...seen, asked: server.requests.map(({ query }) => query.get('match[]')) }
}

test.each([
  [{ ...SERVICES, current: { value: 'auth' } }, { values: ['auth'], several: false }],
  [{ ...SERVICES, current: {} }, { values: ['auth'], several: false }],
  [{ ...SERVICES, includeAll: true, current: { value: ['$__all'] } }, { values: ['auth', 'sample'], several: true }],
  [{ ...SERVICES, includeAll: true, allValue: '.*', current: { value: '$__all' } }, { values: ['.*'], several: true, literal: true }],
  [{ name: 'service', type: 'custom', query: 'a, b' }, { values: ['a'], several: false }],
])('%o', async (variable, expected) => {
  expect((await chosen(variable)).value).toEqual({ service: expected })
})

test('one may ask with another', async () => {
  const { value, asked } = await chosen({ name: 'job', type: 'constant', query: 'x' }, { ...SERVICES, query: 'label_values(up{job="$job"}, service)' })
  expect([Object.keys(value), asked]).toEqual([['job', 'service'], ['up{job="x"}']])
})

test('what nobody can tell is said', async () => {
  expect(await chosen({ ...SERVICES, query: 'query_result(up)' })).toMatchObject({ value: {}, missing: 'nobody can tell what service of One stands for' })
})

test('how far back a dashboard goes', () => {
  const open = (time: object | undefined) => rangeOf(readDashboard(JSON.stringify(aDashboard([], { time }))))
  expect([open({ from: 'now-30m' }), open(undefined), open({ from: '2026-01-01' })]).toEqual([1_800_000, 21_600_000, 21_600_000])
})
