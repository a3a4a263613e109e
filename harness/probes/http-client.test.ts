// Whatever a source does, the client comes back in time with an answer or with a sentence about it.
import { expect, onTestFinished, test, vi } from 'vitest'
import { z } from 'zod'
import { systemClock } from '../time/clock.ts'
import { deadAddress, fakeObserver, type FakeReply } from './testing/fake-observer.ts'
import { httpClient } from './http-client.ts'

const shape = z.object({ n: z.number() })

async function served(reply: FakeReply | 'hang') {
  const server = await fakeObserver(() => reply)
  onTestFinished(() => server[Symbol.asyncDispose]())
  return server
}

function client(base: string, signal = new AbortController().signal) {
  return httpClient({ name: 'Source', base, clock: systemClock, signal })
}

test('an answer of the right shape is given back', async () => {
  const { base } = await served({ body: { n: 1 } })
  expect(await client(base).json({ path: '/x' }, shape)).toEqual({ n: 1 })
})

test('query and form arrive as they were given, and the connection is not kept', async () => {
  const server = await served({ body: { n: 1 } })
  await client(server.base).json({ path: '/q', query: { a: 'b c&d' } }, shape)
  await client(server.base).json({ path: '/f', form: { query: 'up{a="b"} + 1' } }, shape)
  expect(server.requests[0]?.query.get('a')).toBe('b c&d')
  expect(new URLSearchParams(server.requests[1]?.body).get('query')).toBe('up{a="b"} + 1')
  expect(server.requests.map(({ headers }) => headers.connection)).toEqual(['close', 'close'])
})

test('method, headers and JSON arrive as they were given', async () => {
  const server = await served({ body: {} })
  await client(server.base).send({ path: '/j', json: { a: 1 }, headers: { authorization: 'Bearer x' } })
  await client(server.base).send({ path: '/d', method: 'DELETE' })
  expect(server.requests.map(({ body, headers }) => [body, headers.authorization, headers['content-type']])).toEqual([['{"a":1}', 'Bearer x', 'application/json'], ['', undefined, undefined]])
})

test('a dead source is named with its reason', async () => {
  const base = await deadAddress()
  await expect(client(base).json({ path: '/x' }, shape)).rejects.toThrow(`Source at ${base} did not answer GET /x: connection refused`)
})

test('a source that hangs is given up after the timeout', async () => {
  const { base } = await served('hang')
  await expect(client(base).send({ path: '/x', timeoutMs: 100 })).rejects.toThrow('no complete answer within 0.1 s')
})

test('a status that is no success is an error only where an answer has to have a shape', async () => {
  const { base } = await served({ status: 500, body: 'out\n  of order' })
  expect(await client(base).send({ path: '/x' })).toEqual({ status: 500, body: 'out\n  of order' })
  await expect(client(base).json({ path: '/x' }, shape)).rejects.toThrow('Source at ' + base + ' answered 500 to GET /x: out of order')
})

test('garbage, the wrong shape and a redirect are errors', async () => {
  const garbage = await served({ body: '<html>' })
  await expect(client(garbage.base).json({ path: '/x' }, shape)).rejects.toThrow('unexpected answer to GET /x: <html>')
  const wrong = await served({ body: { n: 'one' } })
  await expect(client(wrong.base).json({ path: '/x' }, shape)).rejects.toThrow('unexpected answer to GET /x at n')
  const elsewhere = await served({ status: 302, headers: { location: wrong.base }, body: '' })
  await expect(client(elsewhere.base).json({ path: '/x' }, shape)).rejects.toThrow('answered 302')
})

test('an abort is thrown as it is', async () => {
  const { base } = await served('hang')
  const abort = new AbortController()
  const asked = client(base, abort.signal).send({ path: '/x' })
  abort.abort(new Error('stop'))
  await expect(asked).rejects.toThrow(/^stop$/)
})

test('a proxy named in the environment is not used', async () => {
  const dead = await deadAddress()
  for (const name of ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY']) vi.stubEnv(name, dead)
  onTestFinished(() => void vi.unstubAllEnvs())
  const { base } = await served({ body: { n: 1 } })
  expect(await client(base).json({ path: '/x' }, shape)).toEqual({ n: 1 })
})

test('credentials in a base URL are not repeated in messages', async () => {
  const base = (await deadAddress()).replace('//', '//reader:s3cret@')
  const asked = client(base).send({ path: '/x' })
  await expect(asked).rejects.toThrow('connection refused')
  await expect(asked).rejects.not.toThrow(/reader|s3cret/)
})
