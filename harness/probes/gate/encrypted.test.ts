// Servers that speak plainly, by TLS, and by TLS with those alone who show a certificate: each is told from the others.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer as createPlain } from 'node:http'
import { createServer as createSecure } from 'node:https'
import type { ServerOptions } from 'node:https'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { encrypted } from './encrypted.ts'
import { fakeScene } from './testing/fake-scene.ts'

const HOST = '127.65.12.1'
const directory = mkdtempSync(join(tmpdir(), 'encrypted-'))
afterAll(() => rmSync(directory, { recursive: true }))
const [keyFile, certFile] = [join(directory, 'key.pem'), join(directory, 'cert.pem')]
const made = spawnSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=callee', '-keyout', keyFile, '-out', certFile])
const certificate = made.status === 0 ? { key: readFileSync(keyFile), cert: readFileSync(certFile) } : undefined

async function tried(server: Server, upstreamPort = 8080) {
  server.listen(0, HOST)
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const edges = [{ name: 'a->b', from: 'a', to: 'b', listenPort: 1, upstreamPort }]
  return encrypted({ kind: 'encrypted', edges: ['*->b'], mutual: true }, fakeScene({ edges, address: { host: HOST, port: (server.address() as AddressInfo).port } }))
}

const seen = (plain: boolean, tls: boolean, needsCertificate: boolean) => ({ value: [{ edge: 'a->b', plain, tls, needsCertificate }], covered: true })

test('one that speaks plainly', async () => {
  expect(await tried(createPlain((_, response) => response.writeHead(404).end()))).toEqual(seen(true, false, false))
})

test.skipIf(!certificate).each<[string, ServerOptions, boolean]>([
  ['one that speaks TLS with everybody', {}, false],
  ['one that wants a certificate', { requestCert: true, rejectUnauthorized: true }, true],
  ['the same by an older TLS', { requestCert: true, rejectUnauthorized: true, maxVersion: 'TLSv1.2' }, true],
])('%s', async (_, options, needsCertificate) => {
  expect(await tried(createSecure({ ...certificate, ...options }, (_request, response) => response.end('hello')))).toEqual(seen(false, true, needsCertificate))
})

test('an answer that only says that TLS is wanted is none', async () => {
  const server = createServer((socket) => socket.once('data', () => socket.end('HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n')))
  expect((await tried(server)).value).toMatchObject([{ plain: false }])
})

test('a database is asked in its own words, and so is Redis', async () => {
  const postgres = (says: string) => createServer((socket) => socket.on('error', () => undefined).once('data', (bytes) => (bytes.length === 8 ? socket.end('N') : socket.end(says))))
  expect((await tried(postgres('R....'), 5432)).value).toMatchObject([{ plain: true, tls: false }])
  expect((await tried(postgres('E...no pg_hba.conf entry for host "x", no encryption'), 5432)).value).toMatchObject([{ plain: false, tls: false }])
  const redis = createServer((socket) => socket.on('error', () => undefined).once('data', () => socket.end('-NOAUTH Authentication required.\r\n')))
  expect((await tried(redis, 6379)).value).toMatchObject([{ plain: true, tls: false }])
})

test('nobody there says nothing', async () => {
  const edges = [{ name: 'a->b', from: 'a', to: 'b', listenPort: 1, upstreamPort: 80 }]
  const scene = fakeScene({ edges, address: { host: HOST, port: 1 } })
  expect(await encrypted({ kind: 'encrypted', edges: ['a->b'], mutual: false }, scene)).toEqual({ value: [], covered: false, missing: `nobody listens on ${HOST}:1` })
})
