// What a process is told that it may hold: said, read back, put back, and no obstacle to one that holds more.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../../time/clock.ts'
import { declaredMemory, residentControl } from './resident-limit.ts'

const MIB = 2 ** 20
const child = spawn(process.execPath, ['-e', 'const held = Buffer.alloc(64 * 2 ** 20, 1); setInterval(() => held.length, 1000); console.log("here")'])
const pid = (service: string) => (service === 'web' ? child.pid : undefined)
const memory = residentControl({ clock: systemClock, path: process.env.PATH, pid })

beforeAll(() => once(child.stdout, 'data'))
afterAll(() => void child.kill('SIGKILL'))

test('a limit is said and taken back, and the process lives on above it', async () => {
  const before = await memory.limits('web')
  await memory.limitMemory('web', { bytes: 32 * MIB })
  expect(await memory.limits('web')).toEqual({ memory: { bytes: 32 * MIB } })
  const usage = await memory.usage('web')
  expect(usage).toMatchObject({ memoryLimitBytes: 32 * MIB, isOnlyTold: true, oomKilled: false })
  expect(usage.memoryBytes).toBeGreaterThan(64 * MIB)
  await memory.limitMemory('web', before.memory)
  expect(await memory.limits('web')).toEqual(before)
  expect(child.exitCode).toBeNull()
})

test('a service that does not run holds nothing, and nothing is said to it', async () => {
  await memory.limitMemory('db', { bytes: MIB })
  expect(await memory.limits('db')).toEqual({})
  expect(await memory.usage('db')).toMatchObject({ memoryBytes: 0, memoryLimitBytes: undefined })
})

test('without prlimit it is said why', async () => {
  const lacking = residentControl({ clock: systemClock, path: '/nowhere', pid })
  await expect(lacking.limitMemory('web', { bytes: MIB })).rejects.toMatchObject({ code: 'FAULT_NOT_APPLIED', message: expect.stringContaining('no prlimit') })
})

test('what the compose file says', () => {
  const spec = (said: string | undefined) => ({ name: 'web', container: said === undefined ? undefined : { memory: said } }) as unknown as Parameters<typeof declaredMemory>[0]
  expect(declaredMemory(spec('384m'))).toBe(384 * MIB)
  expect(declaredMemory(spec('${WEB_MEMORY:-64m}'))).toBe(64 * MIB)
  expect(declaredMemory(spec(undefined))).toBeUndefined()
})
