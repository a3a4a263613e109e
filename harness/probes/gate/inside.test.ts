// What is seen inside services: whether they run, settings, doors, limits, ways between them. Nothing of it is guessed.
import { expect, test } from 'vitest'
import { container } from './container.ts'
import { deployed } from './deployed.ts'
import { listeners } from './listeners.ts'
import { separated } from './separated.ts'
import { flagIn, setting } from './setting.ts'
import { fakeScene } from './testing/fake-scene.ts'

const contained = { readOnly: true, tmpfs: [], capDrop: [], securityOpt: [], extraHosts: [], labels: {}, volumes: [] }

test('deployed: those of the stack with their states; of others nothing', async () => {
  const scene = fakeScene({ services: [{ name: 'web' }, { name: 'db' }], states: { db: 'frozen' } })
  expect((await deployed({ kind: 'deployed', services: ['web', 'db', 'vault'] }, scene)).value).toEqual([{ service: 'web', state: 'running' }, { service: 'db', state: 'frozen' }])
})

test.each([
  [['x', '--retention.time=30d'], '30d'],
  [['x', '-retention.time', '30d'], '30d'],
  [['x', '-c', 'retention.time=30d', '-c', 'retention.time=40d'], '40d'],
  [['x', '--retention.time', '--other'], true],
  [['retention.time', '--my-retention.time=1d'], undefined],
])('flags: of %j it is %j', (argv, wanted) => {
  expect(flagIn(argv, 'retention.time')).toBe(wanted)
})

const settings = {
  commandLine: async () => ['/bin/x', '--kept=30d'],
  environment: async () => ({ LEVEL: 'info' }),
  files: async () => [{ path: '/etc/notes.sql', text: 'a: 1' }, { path: '/etc/x.yaml', text: 'a: { b: [{ c: 100000 }], d: null }' }],
}
const withSettings = fakeScene({ services: [{ name: 'x', ports: [80] }], insight: settings })
const asked = (from: 'flags' | 'file' | 'environment' | 'server', name: string, service = 'x') => setting({ kind: 'setting', service, from, name, is: 1 }, withSettings)

test('settings: where they are, or that there is none', async () => {
  expect((await asked('flags', 'kept')).value).toEqual({ value: '30d', where: 'the command line of x' })
  expect((await asked('environment', 'LEVEL')).value).toEqual({ value: 'info', where: 'the environment of x' })
  expect((await asked('file', 'a.b.0.c')).value).toEqual({ value: 100_000, where: '/etc/x.yaml' })
  expect((await asked('file', 'a.z')).value).toEqual({ where: '/etc/notes.sql, /etc/x.yaml' })
  expect(await asked('environment', 'NONE')).toEqual({ value: { where: 'the environment of x' }, covered: true })
})

test('settings: of what cannot be asked nothing is known', async () => {
  expect(await asked('flags', 'kept', 'vault')).toMatchObject({ covered: false, missing: 'vault is not part of the stack' })
  expect(await asked('server', 'kept')).toMatchObject({ covered: false, missing: 'x is no server that can be asked for its settings' })
  expect(await setting({ kind: 'setting', service: 'x', from: 'flags', name: 'kept', is: 1 }, fakeScene({ services: [{ name: 'x' }] }))).toMatchObject({ covered: false })
})

test('listeners: what is open, and what Compose would open to the world', async () => {
  const services = [{ name: 'web', publishedOn: [{ host: '0.0.0.0', port: 80 }, { host: '127.0.0.1', port: 81 }] }, { name: 'db' }, { name: 'gone' }]
  const open = { listeners: async (service: string) => [{ port: service === 'web' ? 80 : 5432, address: '127.0.0.2', loopback: true }] }
  const { value, covered } = await listeners({ kind: 'listeners', open: [] }, fakeScene({ services, insight: open, states: { gone: 'stopped' } }))
  expect(value).toEqual([
    { service: 'web', port: 80, address: '127.0.0.2', loopback: true },
    { service: 'web', port: 80, address: '0.0.0.0', loopback: false },
    { service: 'db', port: 5432, address: '127.0.0.2', loopback: true },
  ])
  expect(covered).toBe(true)
  expect(await listeners({ kind: 'listeners', open: [] }, fakeScene({ services }))).toMatchObject({ value: [], covered: false })
})

test('containers: as declared, and as an engine has them', async () => {
  const services = [{ name: 'web', container: { ...contained, user: '999:999', memory: '64m', restart: 'always' } }, { name: 'db', container: { ...contained, user: 'root', healthcheck: { test: ['NONE'] } } }]
  const traits = { 'non-root': false, 'memory-limit': true, 'cpu-limit': false, 'health-check': false, 'restart-policy': false, 'read-only': true }
  const look = (trait: 'non-root' | 'restart-policy', insight = {}) => container({ kind: 'container', services: ['web', 'db', 'none'], traits: [trait], proof: 'declared' }, fakeScene({ services, insight }))
  const here = await look('non-root', { traits: async () => traits })
  expect(here.value.map(({ service, declared, running }) => [service, declared['non-root'], declared['memory-limit'], declared['health-check'], running?.['non-root']])).toEqual([
    ['web', true, true, false, false],
    ['db', false, false, false, false],
  ])
  const local = await look('non-root', { traits: async () => undefined })
  expect(local.value[0]).not.toHaveProperty('running')
  // the harness takes it away from every container that it starts
  const [only] = (await look('restart-policy', { traits: async () => traits })).value
  expect([only?.declared['restart-policy'], only?.running]).toEqual([true, undefined])
})

const pair = { kind: 'separated' as const, pairs: [{ from: 'web', to: 'db' }] }
const web = { name: 'web', ports: [80] }
const services = [web, { name: 'db', ports: [5432] }]

test.each([true, false])('separated: connected is %s as it was tried', async (connected) => {
  const seen = await separated(pair, fakeScene({ services, insight: { connects: async (from, to, port) => connected && `${from} ${to} ${port}` === 'web db 5432' } }))
  expect(seen).toEqual({ value: [{ from: 'web', to: 'db', connected }], covered: true })
})

test.each([
  ['nobody can try', fakeScene({ services, insight: { connects: async () => undefined } }), 'nobody can try to connect for web'],
  ['the other does not run', fakeScene({ services, insight: { connects: async () => false }, states: { db: 'stopped' } }), 'db is stopped, so that nobody can tell'],
  ['Compose keeps them apart', fakeScene({ services: [{ ...web, container: { ...contained, networks: ['a'] } }, { name: 'db', ports: [5432] }], insight: { connects: async () => true } }), 'Compose has web and db on networks of their own, and a run of the harness has but one'],
])('separated: not seen where %s', async (_, scene, missing) => {
  expect(await separated(pair, scene)).toEqual({ value: [], covered: false, missing })
})
