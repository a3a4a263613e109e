// Every reason why an engine does not answer, on sockets made up for it.
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { createServer as createSocket } from 'node:net'
import type { Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demandEngine, findEngine } from './engine.ts'
import { enginePlaces } from './engine-places.ts'

const home = mkdtempSync(join(tmpdir(), 'engine-'))
const servers: Server[] = []
const socket = (name: string) => join(home, name)
const at = (path: string) => findEngine({ HOME: home, DOCKER_HOST: `unix://${path}` })
const why = async (path: string) => {
  const search = await at(path)
  return search.found ? 'found' : search.tried.map((tried) => tried.why).join('; ')
}

async function listen(server: Server, name: string): Promise<string> {
  servers.push(server.listen(socket(name)))
  await once(server, 'listening')
  return socket(name)
}

function engineSaying(status: number, body: string): Server {
  return createServer((_, response) => response.writeHead(status).end(body))
}

beforeAll(() => chmodSync(home, 0o755))
afterAll(() => {
  servers.forEach((server) => server.close())
  rmSync(home, { recursive: true })
})

describe('a place that does not answer says why', () => {
  test('no such socket, at once', async () => {
    const began = performance.now()
    expect(await why(socket('missing.sock'))).toBe('no such socket')
    expect(performance.now() - began).toBeLessThan(100)
  })

  test('nobody listens', async () => {
    const made = spawnSync(process.execPath, ['-e', `require('net').createServer().listen(${JSON.stringify(socket('dead.sock'))}, () => process.kill(process.pid, 'SIGKILL'))`])
    expect(made.signal).toBe('SIGKILL')
    expect(await why(socket('dead.sock'))).toBe('connection refused: the socket is there, but nobody listens')
  })

  test('permission denied, as a user who is not root', async () => {
    const path = await listen(engineSaying(200, '{"Version":"1"}'), 'forbidden.sock')
    chmodSync(path, 0)
    const script = `import(${JSON.stringify(join(import.meta.dirname, 'engine.ts'))}).then(async ({ findEngine }) => console.log(JSON.stringify(await findEngine({ HOME: '/', DOCKER_HOST: 'unix://${path}' }))))`
    const asNobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { ...asNobody, encoding: 'utf8' })
    expect(stdout, stderr).toContain('permission denied: add yourself to the group docker')
  })

  test('no answer in time', async () => {
    expect(await why(await listen(createSocket(() => undefined), 'silent.sock'))).toBe('no answer within 2 s')
  })

  test('something else listens', async () => {
    expect(await why(await listen(engineSaying(404, 'who?'), 'other.sock'))).toBe('is no container engine: answers 404 who?')
  })

  test.each([
    ['ssh://user@host', 'testcontainers does not speak ssh'],
    ['nonsense', 'is no address of an engine'],
    ['tcp://127.0.0.1:1', 'connection refused: nobody listens'],
  ])('%s', async (where, expected) => {
    const search = await findEngine({ HOME: home, DOCKER_HOST: where })
    expect(search).toMatchObject({ found: false, tried: [{ where, why: expect.stringContaining(expected) }] })
  })

  test('whoever cannot do without is told every reason', async () => {
    await expect(demandEngine({ HOME: home, DOCKER_HOST: `unix://${socket('missing.sock')}` })).rejects.toMatchObject({
      code: 'ENGINE_UNREACHABLE',
      exitCode: 4,
      message: expect.stringMatching(/missing\.sock: no such socket/),
    })
  })
})

describe('the places that are asked', () => {
  const places = (env: Readonly<Record<string, string>>) => enginePlaces({ HOME: home, ...env }).map(({ where }) => where)

  test('the first that answers is taken', async () => {
    mkdirSync(socket('podman'))
    await listen(engineSaying(200, '{"Version":"5.6.7"}'), 'podman/podman.sock')
    const env = { HOME: home, XDG_RUNTIME_DIR: home }
    const search = await findEngine(env)
    expect(search.found).toBe(true)
    expect(places({ XDG_RUNTIME_DIR: home })).toEqual([
      'unix:///var/run/docker.sock',
      `unix://${home}/docker.sock`,
      `unix://${home}/.docker/run/docker.sock`,
      `unix://${home}/.docker/desktop/docker.sock`,
      `unix://${home}/podman/podman.sock`,
      'unix:///run/podman/podman.sock',
    ])
  })

  test('what somebody named stands alone', () => {
    expect(places({ DOCKER_HOST: 'tcp://127.0.0.1:2375' })).toEqual(['tcp://127.0.0.1:2375'])
    writeFileSync(socket('.testcontainers.properties'), '# mine\ndocker.host = unix:///mine.sock\n')
    expect(places({})).toEqual(['unix:///mine.sock'])
    expect(places({ DOCKER_HOST: 'tcp://127.0.0.1:2375' })).toEqual(['tcp://127.0.0.1:2375'])
    rmSync(socket('.testcontainers.properties'))
  })

  test('certificates that cannot be read are named', () => {
    const [place] = enginePlaces({ HOME: home, DOCKER_HOST: 'tcp://10.0.0.1:2376', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: socket('certs') })
    expect(place?.unfit).toMatch(/^DOCKER_CERT_PATH: ENOENT/)
  })
})
