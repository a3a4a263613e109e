// What Prometheus and Alertmanager have, as looks of a gate bring it home: seen, seen to be absent, and not seen.
import { expect, onTestFinished, test } from 'vitest'
import { deadAddress, fakeObserver, prometheusAnswers } from '../testing/fake-observer.ts'
import type { FakeReply, FakeRequest } from '../testing/fake-observer.ts'
import { routes } from './routes.ts'
import { rules } from './rules.ts'
import { targets } from './targets.ts'
import { fakeScene } from './testing/fake-scene.ts'

async function observing(answer: (request: FakeRequest) => FakeReply) {
  const server = await fakeObserver(answer)
  onTestFinished(() => server[Symbol.asyncDispose]())
  return fakeScene({ observer: server.base })
}

const target = (job: string, labels = {}) => ({ labels: { job, ...labels }, health: 'up', lastError: '' })

test('targets: those that were asked for, by their service or else their job', async () => {
  const scene = await observing(prometheusAnswers({ '/api/v1/targets': { activeTargets: [target('a', { service: 'web' }), target('prometheus'), target('other')] } }))
  const seen = await targets({ kind: 'targets', services: ['web', 'prometheus', 'gone'] }, scene)
  expect(seen.value.map(({ service }) => service)).toEqual(['web', 'prometheus'])
  expect(seen.covered).toBe(true)
})

test('targets: a scrape that was cut short is given another, and only one', async () => {
  const told = (lastError: string) => ({ ...target('web'), health: lastError === '' ? 'up' : 'down', lastError })
  const looks = ['Get "http://x": context deadline exceeded', '', 'server returned HTTP status 404 Not Found']
  const scene = await observing((request) => prometheusAnswers({ '/api/v1/targets': { activeTargets: [told(looks.shift() ?? '')] } })(request))
  const asked = { kind: 'targets' as const, services: ['web'] }
  expect((await targets(asked, scene)).value).toMatchObject([{ health: 'up' }])
  expect((await targets(asked, scene)).value).toMatchObject([{ health: 'down', lastError: expect.stringContaining('404') }])
})

test('rules: of both types, with what is wrong with them', async () => {
  const judged = { query: 'up', health: 'ok' }
  const group = { name: 'g', file: 'f', interval: 1, rules: [{ type: 'alerting', name: 'Down', duration: 0, ...judged }, { type: 'recording', name: 'a:b', ...judged, health: 'err', lastError: 'too long' }] }
  const scene = await observing(prometheusAnswers({ '/api/v1/rules': { groups: [group] } }))
  expect((await rules({ kind: 'rules' }, scene)).value).toEqual([
    { name: 'Down', type: 'alert', health: 'ok' },
    { name: 'a:b', type: 'recording', health: 'err', lastError: 'too long' },
  ])
})

const CONFIG = `
route:
  receiver: default
  routes:
    - { matchers: ['alertname = "Special"'], receiver: special }
    - { matchers: [team = "a", severity = "critical"], receiver: a-pager, continue: true }
    - { matchers: [team = "a"], receiver: a }
    - { matchers: ['team !~ "a|b"'], receiver: strangers }
receivers: [{ name: default }, { name: special }, { name: a-pager }, { name: a }, { name: strangers }]`

test('routes: as Alertmanager has them, where a label that is not there is an empty one', async () => {
  const scene = await observing(() => ({ body: { config: { original: CONFIG } } }))
  const asked = [{ team: 'a', severity: 'critical' }, { team: 'a' }, { team: 'b' }, { severity: 'critical' }]
  const { value, covered } = await routes({ kind: 'routes', routes: asked.map((labels) => ({ labels, receivers: ['x'] })) } as never, scene)
  expect(value.map(({ receivers }) => receivers)).toEqual([['a-pager', 'a'], ['a'], ['default'], ['strangers']])
  expect(covered).toBe(true)
})

test('blinded, each says so and has nothing', async () => {
  const scene = fakeScene({ observer: await deadAddress() })
  const seen = [await targets({ kind: 'targets', services: ['web'] }, scene), await rules({ kind: 'rules' }, scene), await routes({ kind: 'routes', routes: [] }, scene)]
  for (const { value, covered, missing } of seen) expect({ value, covered, missing }).toMatchObject({ value: [], covered: false, missing: expect.stringContaining('connection refused') })
})
