// Invariants of databases that do not answer, and of none at all.
import { createServer, type Socket } from 'node:net'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { probeInvariants, type InvariantQuery } from './invariants.ts'
import { contextAt } from './testing/fake-rig.ts'

const HOST = '127.65.0.3'

/** Listens on loopback and treats each connection as told. */
async function database(treat: (socket: Socket) => void): Promise<string> {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined))
    treat(socket)
  })
  server.listen(0, HOST)
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const bound = server.address()
  return `${HOST}:${bound !== null && typeof bound === 'object' ? bound.port : 0}`
}

function asked(invariant: string, host: string): InvariantQuery {
  const url = `postgresql://harness_reader:s3cret%21@${host}/tracseq`
  return { invariant, settleMs: 60_000, spec: { service: 'postgres', url, query: 'select 1 as key' } }
}

test.each([
  ['hangs', () => undefined, /^postgres could not be read: waited 5 s/],
  ['hangs up', (socket: Socket) => socket.destroy(), /^postgres could not be read: /],
])('a database that %s is not covered, and is asked once', async (_, treat, missing) => {
  const queries = [asked('positions', await database(treat)), asked('sagas', `${HOST}:1`)]
  const seen = await probeInvariants(contextAt('', { hurried: true }), { when: 'after', queries })
  const value = { when: 'after', settleMs: 60_000, looks: 1, examples: [] }
  expect(seen).toEqual([
    { probe: 'invariant', covered: false, value: { invariant: 'positions', ...value }, missing: expect.stringMatching(missing) },
    { probe: 'invariant', covered: false, value: { invariant: 'sagas', ...value }, missing: 'postgres could not be read: connection refused' },
  ])
  expect(JSON.stringify(seen)).not.toMatch(/harness_reader|s3cret/)
})

test('no invariants are no evidence', async () => {
  expect(await probeInvariants(contextAt(''), { when: 'before', queries: [] })).toEqual([])
})

test('an abort is thrown', async () => {
  const abort = new AbortController()
  const queries = [asked('positions', await database(() => undefined))]
  const seen = probeInvariants(contextAt('', { signal: abort.signal }), { when: 'after', queries })
  abort.abort(new Error('stop'))
  await expect(seen).rejects.toThrow(/^stop$/)
})
