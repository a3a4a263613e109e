// What is seen of a real process: its words, its surroundings, its doors, its log, and whom it reaches.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../../time/clock.ts'
import { poll } from '../../time/poll.ts'
import { accepts } from '../readiness.ts'
import { testStackOf } from '../containers/testing/stage.ts'
import { localInsight } from './local-insight.ts'
import { startProcess } from './process.ts'
import type { ServiceProcess } from './process.ts'

const HOST = '127.66.20.1'
const directory = mkdtempSync(join(tmpdir(), 'insight-'))
const mounted = join(directory, 'app.yml')
const stack = testStackOf({ a: { mounts: [{ source: mounted, target: '/etc/app.yml' }] }, b: {} })
const SERVER = `console.log('it begins'); require('net').createServer().listen(8080, '${HOST}')`
let process: ServiceProcess
const address = (service: string, port: number) => ({ host: service === 'a' ? HOST : '127.66.20.2', port })
const insight = localInsight({ stack, artifacts: directory, address, pid: (service) => (service === 'a' ? process.id.pid : undefined) })

beforeAll(async () => {
  writeFileSync(mounted, 'as written by hand')
  mkdirSync(join(directory, 'config/a/etc'), { recursive: true })
  writeFileSync(join(directory, 'config/a/etc/app.yml'), 'a: as rendered')
  // a child holds the door, as with a database and its backends
  const launch = { argv: [globalThis.process.execPath, '-e', `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(SERVER)}], { stdio: 'inherit' })`, '--', '--kept=30d'], env: { LEVEL: 'info' } }
  process = await startProcess({ launch, log: join(directory, 'logs/a.log'), cwd: directory, unprivileged: false })
  await poll({ clock: systemClock, within: 20_000, what: 'the door' }, () => accepts(address('a', 8080)))
})
afterAll(() => {
  globalThis.process.kill(-process.id.pid, 'SIGKILL')
  rmSync(directory, { recursive: true, force: true })
})

test('words, surroundings, files, log', async () => {
  expect((await insight.commandLine('a')).at(-1)).toBe('--kept=30d')
  expect(await insight.environment('a')).toMatchObject({ LEVEL: 'info' })
  expect(await insight.files('a')).toEqual([{ path: '/etc/app.yml', text: 'a: as rendered' }])
  expect(await insight.log('a', 5)).toEqual(['it begins'])
})

test('doors, its children\'s too; and it reaches what the harness reaches', async () => {
  expect(await insight.listeners('a')).toEqual([{ port: 8080, address: HOST, loopback: true }])
  expect([await insight.connects('a', 'a', 8080), await insight.connects('a', 'b', 8080)]).toEqual([true, false])
  expect(await insight.traits('a')).toBeUndefined()
})

test('of what does not run nothing is told', async () => {
  await expect(insight.commandLine('b')).rejects.toThrow('b does not run')
  await expect(insight.listeners('b')).rejects.toThrow('b does not run')
})
