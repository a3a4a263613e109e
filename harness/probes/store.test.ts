// Tallies, and databases that do not answer.
import { createServer, type Socket } from 'node:net'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { contextAt } from './testing/fake-rig.ts'
import { storeTally, type WriteOutcome } from './store-tally.ts'
import { probeStore, type StoreQuery } from './store.ts'

function outcomes(...keys: readonly `${WriteOutcome}${number}`[]): Map<string, WriteOutcome> {
  return new Map(keys.map((key) => [key, key.replace(/\d+$/, '') as WriteOutcome]))
}

test('every write falls into one cell; only unusual cells have examples', () => {
  const writes = outcomes('acknowledged1', 'acknowledged2', 'acknowledged3', 'failed1', 'failed2', 'unknown1', 'unknown2', 'unknown3')
  const rows = new Map([['acknowledged1', 1], ['acknowledged3', 2], ['failed2', 1], ['unknown1', 1], ['unknown3', 3], ['somebody else', 1]])
  expect(storeTally(writes, rows)).toEqual([
    { outcome: 'acknowledged', rows: 1, keys: 1, examples: [] },
    { outcome: 'acknowledged', rows: 0, keys: 1, examples: ['acknowledged2'] },
    { outcome: 'acknowledged', rows: 'more', keys: 1, examples: ['acknowledged3'] },
    { outcome: 'failed', rows: 0, keys: 1, examples: [] },
    { outcome: 'failed', rows: 1, keys: 1, examples: ['failed2'] },
    { outcome: 'unknown', rows: 1, keys: 1, examples: [] },
    { outcome: 'unknown', rows: 0, keys: 1, examples: [] },
    { outcome: 'unknown', rows: 'more', keys: 1, examples: ['unknown3'] },
  ])
})

test('five examples are enough, and no writes are no cells', () => {
  const writes = outcomes('acknowledged1', 'acknowledged2', 'acknowledged3', 'acknowledged4', 'acknowledged5', 'acknowledged6')
  expect(storeTally(writes, new Map())).toMatchObject([{ keys: 6, examples: { length: 5 } }])
  expect(storeTally(new Map(), new Map())).toEqual([])
})

/** Listens on loopback and treats each connection as told. */
async function database(treat: (socket: Socket) => void): Promise<string> {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined))
    treat(socket)
  })
  server.listen(0, '127.65.0.2')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const bound = server.address()
  return `127.65.0.2:${bound !== null && typeof bound === 'object' ? bound.port : 0}`
}

function asked(host: string): StoreQuery {
  const url = `postgresql://harness_reader:s3cret%21@${host}/tracseq`
  return { scenario: 's', store: 'samples', spec: { service: 'postgres', url, query: 'select 1' }, writes: outcomes('acknowledged1') }
}

test.each([
  ['hangs', () => undefined, /^postgres could not be read: waited 5 s/],
  ['hangs up', (socket: Socket) => socket.destroy(), /^postgres could not be read: /],
  ['talks HTTP', (socket: Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), /^postgres could not be read: /],
])('a database that %s is not covered', async (_, treat, missing) => {
  const seen = await probeStore(contextAt('', { hurried: true }), asked(await database(treat)))
  expect(seen).toMatchObject({ probe: 'store', covered: false, value: { scenario: 's', store: 'samples', tally: [] }, missing: expect.stringMatching(missing) })
})

test('nobody listens, and an URL that is none: not covered, and no credentials in the reason', async () => {
  const refused = await probeStore(contextAt(''), asked('127.65.0.2:1'))
  expect(refused.missing).toBe('postgres could not be read: connection refused')
  for (const url of ['postgresql://harness_reader:s3cret!@[bad/x', 'postgresql://harness_reader:s3cret%21@127.65.0.2:99999/x', '']) {
    const { spec, ...rest } = asked('')
    const seen = await probeStore(contextAt('', { hurried: true }), { ...rest, spec: { ...spec, url } })
    expect(seen).toMatchObject({ covered: false, missing: 'postgres could not be read: its URL names no host' })
    expect(JSON.stringify(seen)).not.toMatch(/harness_reader|s3cret/)
  }
})

test('an abort is thrown', async () => {
  const abort = new AbortController()
  const seen = probeStore(contextAt('', { signal: abort.signal }), asked(await database(() => undefined)))
  abort.abort(new Error('stop'))
  await expect(seen).rejects.toThrow(/^stop$/)
})
