// Addresses, command lines and rewritten configuration of a local stack, from the stack that is shipped.
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readStack } from '../compose-file.ts'
import { floorsOf } from '../config-files.ts'
import { hostOf, launchOf } from './layout.ts'
import type { Layout } from './layout.ts'
import { rewriteHosts } from './rewrite-hosts.ts'
import { addressesOf, freeSubnet } from './subnet.ts'

const root = resolve(import.meta.dirname, '../../..')
const { stack, problems } = readStack(join(root, 'compose/compose.yaml'))
if (!stack) throw new Error(JSON.stringify(problems))

const tools = new Map([
  ['node', '/t/node'],
  ['prometheus', '/t/prometheus'],
])
const layout: Layout = { run: 'r1', subnet: '127.9.9', root, artifacts: '/a', data: '/d', acceleration: 40, env: { PATH: '/bin', HOME: '/secret', LOG_LEVEL: 'warn' }, tools }

function launch(service: string, changed: Partial<Layout> = {}) {
  const spec = stack?.services.find(({ name }) => name === service)
  if (!stack || !spec) throw new Error(service)
  return launchOf({ ...layout, ...changed }, { stack, spec })
}

describe('launchOf', () => {
  test('variables become addresses, the environment of the user stays out but for what Compose would read', () => {
    const { argv, env } = launch('auth')
    expect(argv).toEqual(['/t/node', join(root, 'compose/services/auth/main.ts')])
    expect(env).toMatchObject({ HOST: hostOf(layout, stack, 'auth'), PORT: '8080', LOG_LEVEL: 'warn', HARNESS_RUN: 'r1', HARNESS_SERVICE: 'auth' })
    expect(env.DATABASE_URL).toContain(`@${hostOf(layout, stack, 'toxiproxy')}:20201/`)
    expect(env).not.toHaveProperty('HOME')
  })

  test('durations in the environment are divided, and only those that say so', () => {
    expect(launch('api-gateway').env).toMatchObject({ BREAKER_OPEN: '1500ms' })
    expect(launch('api-gateway', { acceleration: 1 }).env).toMatchObject({ BREAKER_OPEN: '60s' })
  })

  test('Prometheus gets the flags of its pace only when accelerated', () => {
    const lookback = (argv: readonly string[]) => argv.filter((word) => word.startsWith('--query.lookback-delta'))
    expect(lookback(launch('prometheus').argv)).toHaveLength(1)
    expect(lookback(launch('prometheus', { acceleration: 1 }).argv)).toEqual([])
  })

  test('a tool that nobody provided is named', () => {
    expect(() => launch('jaeger')).toThrow('no tool jaeger')
  })
})

test('names before ports become addresses, names elsewhere stay, edges are not taken apart', () => {
  const spec = stack.services.find(({ name }) => name === 'toxiproxy')
  if (!spec) throw new Error('toxiproxy')
  const text = 'up: sample:8081, name: a->sample:8081, my-sample:1, listen 0.0.0.0:20000, sample, sink:9900, sink-mail:2525'
  const host = (service: string) => hostOf(layout, stack, service)
  expect(rewriteHosts(text, { layout, stack, spec })).toBe(
    `up: ${host('sample')}:8081, name: a->sample:8081, my-sample:1, listen ${host('toxiproxy')}:20000, sample, ${host('sink')}:9900, ${host('sink')}:2525`,
  )
})

test('floors are told once, and there are none at production speed', async () => {
  const floors = await floorsOf(stack, 40)
  expect(floors.length).toBeGreaterThan(0)
  expect(new Set(floors.map((floor) => JSON.stringify(floor))).size).toBe(floors.length)
  expect(await floorsOf(stack, 1)).toEqual([])
})

describe('freeSubnet', () => {
  test('every address is counted once', () => {
    const all = addressesOf('127.9.9', stack).map(({ host, port }) => `${host}:${port}`)
    expect(new Set(all).size).toBe(all.length)
    expect(all).toContain(`${hostOf(layout, stack, 'toxiproxy')}:20000`)
  })

  test('a subnet with one address taken is passed over; when all are, that is said', async () => {
    const { createServer } = await import('node:net')
    const taken = createServer()
    await new Promise<void>((done) => void taken.listen(8081, hostOf({ subnet: '127.9.8' }, stack, 'sample'), done))
    const picks = ['127.9.8', '127.9.7']
    expect(await freeSubnet(stack, () => picks.shift() ?? '')).toBe('127.9.7')
    await expect(freeSubnet(stack, () => '127.9.8')).rejects.toMatchObject({ code: 'ADDRESS_TAKEN' })
    await new Promise((done) => taken.close(done))
  })
})
