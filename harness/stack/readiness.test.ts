// When something counts as ready, and what is said when it never does.
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { afterAll, describe, expect, test } from 'vitest'
import { fakeClock } from '../time/clock.ts'
import { accepts, waitUntilReady } from './readiness.ts'

const servers: Server[] = []

async function listening(onCaller: (caller: Socket) => void): Promise<{ host: string; port: number }> {
  const server = createServer((caller) => onCaller(caller.on('error', () => undefined))).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port }
}

afterAll(() => servers.forEach((server) => server.close()))

describe('accepts', () => {
  test('a connection that stays open', async () => {
    const address = await listening(() => undefined)
    expect([await accepts(address), await accepts(address, { stays: 50 })]).toEqual([true, true])
  })

  test('not one that is closed at once, where it has to stay', async () => {
    const address = await listening((caller) => caller.destroy())
    expect([await accepts(address), await accepts(address, { stays: 50 })]).toEqual([true, false])
  })

  test('one that says something first, without waiting', async () => {
    const address = await listening((caller) => caller.end('220 hello'))
    const began = performance.now()
    expect(await accepts(address, { stays: 5_000 })).toBe(true)
    expect(performance.now() - began).toBeLessThan(1_000)
  })

  test('not where nobody listens', async () => {
    expect(await accepts({ host: '127.0.0.1', port: 1 })).toBe(false)
  })
})

describe('waitUntilReady', () => {
  const starting = { service: 'a', clock: fakeClock(), signal: new AbortController().signal, ended: () => undefined, lastLines: () => ['first', 'last'], log: '/logs/a.log' }

  test('quotes the last lines and the last answer of what never gets ready', async () => {
    const ready = () => Promise.reject(new Error('answers 503'))
    await expect(waitUntilReady({ ...starting, within: 1_000, ready })).rejects.toMatchObject({
      code: 'STACK_NOT_READY',
      message: 'a did not get ready; its last lines:\n  first\n  last',
      hint: 'read /logs/a.log',
      cause: { message: 'waited 1 s for a to be ready; last answer: answers 503' },
    })
  })

  test('an end is told before anything else', async () => {
    const wait = { ...starting, lastLines: () => [], ended: () => 'exit code 1', ready: async () => true }
    await expect(waitUntilReady(wait)).rejects.toMatchObject({ code: 'SERVICE_DIED', message: 'a ended with exit code 1 while starting; it logged nothing' })
  })
})
