// One look at servers that behave in every way a look must tell apart.
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { fakeClock, systemClock } from '../time/clock.ts'
import { lookThrough, typicalOf } from './edge.ts'
import type { Exchange, Look } from './edge.ts'
import { helloFor } from './edge-hello.ts'
import type { Manner } from './edge-hello.ts'

const HOST = '127.64.3.1'
const signal = new AbortController().signal
const stops: (() => void)[] = []

afterEach(() => stops.splice(0).forEach((stop) => stop()))

async function serve(behave: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    behave(socket)
  }).listen(0, HOST)
  await once(server, 'listening')
  stops.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

function look(port: number, changes: { manner?: Manner; patienceMs?: number } = {}): Promise<Look> {
  const exchange: Exchange = {
    address: { host: HOST, port },
    hello: helloFor(8081, changes.manner ?? 'short'),
    patienceMs: changes.patienceMs ?? 2_000,
    clock: systemClock,
  }
  return lookThrough(exchange, signal)
}

test('answered: bytes, chunks and times of an answer that comes in two pieces', async () => {
  const port = await serve((socket) => {
    socket.once('data', async () => {
      socket.write('first')
      await systemClock.sleep(60)
      socket.end('second')
    })
  })
  const seen = await look(port)
  expect(seen).toMatchObject({ outcome: 'answered', bytes: 11, chunks: 2, sent: 52 })
  expect(seen.totalMs - (seen.firstByteMs ?? NaN)).toBeGreaterThanOrEqual(50)
  expect(seen.closeMs).toBeLessThan(50)
})

test('answered, still open when patience ends: no time of close', async () => {
  const port = await serve((socket) => void socket.once('data', () => socket.write('here')))
  expect(await look(port, { patienceMs: 100 })).toMatchObject({ outcome: 'answered', bytes: 4, closeMs: undefined })
})

test('a server that stays is closed by our goodbye', async () => {
  const port = await serve((socket) => void socket.once('data', () => socket.write('here')))
  const seen = await look(port, { manner: 'stay' })
  expect(seen.outcome).toBe('answered')
  expect(seen.closeMs).toBeLessThan(500)
})

test('silent: connected, and no byte', async () => {
  const port = await serve(() => undefined)
  expect(await look(port, { patienceMs: 100 })).toMatchObject({
    outcome: 'silent',
    connectMs: expect.any(Number),
    firstByteMs: undefined,
    bytes: 0,
  })
})

test('closed: an orderly end without a byte', async () => {
  const port = await serve((socket) => void socket.once('data', () => socket.end()))
  expect(await look(port)).toMatchObject({ outcome: 'closed', bytes: 0 })
})

test('reset: broken off, before or after some bytes', async () => {
  const port = await serve((socket) => void socket.once('data', () => socket.resetAndDestroy()))
  expect(await look(port)).toMatchObject({ outcome: 'reset', bytes: 0 })
  const later = await serve((socket) => {
    socket.once('data', async () => {
      socket.write('some')
      await systemClock.sleep(50)
      socket.resetAndDestroy()
    })
  })
  expect(await look(later)).toMatchObject({ outcome: 'reset', bytes: 4 })
})

test('refused: nobody listens', async () => {
  const port = await serve(() => undefined)
  stops.splice(0).forEach((stop) => stop())
  expect(await look(port)).toMatchObject({ outcome: 'refused', connectMs: undefined, sent: 0 })
})

test('an interruption ends the look at once, with its reason', async () => {
  const port = await serve(() => undefined)
  const stop = new AbortController()
  const exchange: Exchange = {
    address: { host: HOST, port },
    hello: helloFor(8081, 'short'),
    patienceMs: 60_000,
    clock: systemClock,
  }
  const seen = lookThrough(exchange, stop.signal)
  stop.abort(new Error('Ctrl-C'))
  await expect(seen).rejects.toThrow('Ctrl-C')
  await expect(lookThrough({ ...exchange, clock: fakeClock() }, stop.signal)).rejects.toThrow('Ctrl-C')
})

test('of several looks the middle one stands for all, unless one was not answered', () => {
  const fast: Look = { outcome: 'answered', totalMs: 2, bytes: 9, chunks: 3, sent: 9 }
  const usual: Look = { ...fast, totalMs: 5, chunks: 1 }
  const slow: Look = { ...fast, totalMs: 300, chunks: 1 }
  const silent: Look = { ...fast, outcome: 'silent', bytes: 0, chunks: 0 }
  expect(typicalOf([slow, fast, usual])).toEqual({ ...usual, chunks: 3 })
  expect(typicalOf([slow, silent])).toEqual(silent)
  expect(() => typicalOf([])).toThrow('no look')
})
