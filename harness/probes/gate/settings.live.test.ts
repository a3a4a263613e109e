// Settings by the word of real servers, and routes of a real Alertmanager held against its own tool.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { hasPostgres, livePostgres } from '../../faults/testing/live-postgres.ts'
import { liveProcess } from '../../faults/testing/live-process.ts'
import { foundTool } from '../../stack/toolchain/testing/found-tool.ts'
import { routes } from './routes.ts'
import { setting } from './setting.ts'
import { fakeScene } from './testing/fake-scene.ts'

const [redisServer, alertmanager, amtool] = await Promise.all(['redis-server', 'alertmanager', 'amtool'].map(foundTool))
const directory = () => {
  const made = mkdtempSync(join(tmpdir(), 'gate-live-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}
const asked = (service: string, name: string) => ({ kind: 'setting' as const, service, from: 'server' as const, name, is: 1 })

test.skipIf(!redisServer)('Redis', async () => {
  const address = { host: '127.65.13.1', port: 6379 }
  const redis = liveProcess({ argv: [redisServer ?? '', '--bind', address.host, '--port', '6379', '--maxmemory', '256mb', '--save', '', '--dir', directory()], address })
  await redis.start()
  onTestFinished(() => redis.kill())
  const scene = fakeScene({ services: [{ name: 'redis', ports: [6379] }], address })
  expect(await setting(asked('redis', 'maxmemory'), scene)).toEqual({ value: { value: '268435456', where: 'redis itself' }, covered: true })
  expect((await setting(asked('redis', 'no-such-thing'), scene)).value).toEqual({ where: 'redis itself' })
  await redis.kill()
  expect(await setting(asked('redis', 'maxmemory'), scene)).toMatchObject({ covered: false, missing: expect.stringMatching(/^redis could not be asked/) })
})

test.skipIf(!hasPostgres())('PostgreSQL, as the reader of a store', async () => {
  const host = '127.65.13.2'
  const postgres = livePostgres(host)
  await postgres.start()
  onTestFinished(async () => {
    await postgres.kill()
    postgres.removeData()
  })
  const store = { service: 'db', url: `postgres://postgres@${host}:5432/postgres`, query: '', scenarios: [] }
  const scene = fakeScene({ services: [{ name: 'db', ports: [5432] }], harness: { stores: { some: store } } })
  expect((await setting(asked('db', 'max_connections'), scene)).value).toEqual({ value: '100', where: 'db itself' })
  expect(await setting(asked('db', 'no_such_thing'), scene)).toEqual({ value: { where: 'db itself' }, covered: true })
  expect(await setting(asked('db', 'port'), fakeScene({ services: [{ name: 'db', ports: [5432] }] }))).toMatchObject({ covered: false, missing: 'nobody may read db: it holds no store' })
})

const CONFIG = `
route:
  receiver: everybody
  routes:
    - { matchers: ['severity = "none"'], receiver: nobody }
    - { matchers: [team = "a", severity =~ "critical|page"], receiver: a-pager, continue: true }
    - matchers: [team = "a"]
      receiver: a
      routes: [{ matchers: ['service != "web"'], receiver: a-others }]
    - { matchers: ['team !~ "a|b"', 'service = ""'], receiver: strangers }
receivers: [{ name: everybody }, { name: nobody }, { name: a-pager }, { name: a }, { name: a-others }, { name: strangers }]
`

describe.skipIf(!alertmanager || !amtool)('with a real Alertmanager', () => {
  const LABELS = [{ team: 'a', severity: 'critical', service: 'web' }, { team: 'a', severity: 'page' }, { team: 'a', service: 'web' }, { team: 'b' }, { severity: 'none' }, { team: 'c' }, { team: 'c', service: 'web' }]

  test('routes are as its own tool tells them, and no alert is left behind', async () => {
    const [data, address] = [directory(), { host: '127.65.13.3', port: 9093 }]
    const file = join(data, 'alertmanager.yml')
    writeFileSync(file, CONFIG)
    const server = liveProcess({ argv: [alertmanager ?? '', `--config.file=${file}`, `--storage.path=${data}`, `--web.listen-address=${address.host}:9093`, '--cluster.listen-address='], address })
    await server.start()
    onTestFinished(() => server.kill())
    const base = `http://${address.host}:9093`
    const { value, covered } = await routes({ kind: 'routes', routes: LABELS.map((labels) => ({ labels, receivers: ['x'] })) } as never, fakeScene({ observer: base }))
    const told = LABELS.map((labels) => execFileSync(amtool ?? '', ['config', 'routes', 'test', `--config.file=${file}`, ...Object.entries(labels).map(([name, text]) => `${name}=${text}`)], { encoding: 'utf8' }).trim().split(','))
    expect(value.map(({ receivers }) => receivers)).toEqual(told)
    expect(covered).toBe(true)
    expect(await (await fetch(`${base}/api/v2/alerts`)).json()).toEqual([])
  })
})
