// What a real k6 forges: each token is well formed and wrong in exactly one way, so that it is refused for that reason.
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeJwt, decodeProtectedHeader, errors, jwtVerify, SignJWT } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { k6Process } from '../../harness/load/k6-process.ts'
import { startLoad } from '../../harness/load/start-load.ts'
import { foundTool } from '../../harness/stack/toolchain/testing/found-tool.ts'
import { systemClock } from '../../harness/time/clock.ts'

const HOST = '127.62.7.3'
const SECRET = 'the secret of a system, 32 bytes and more'
const FORGERIES = ['tampered', 'signedByAnother', 'unsigned', 'promoted', 'expired'] as const
const k6 = await foundTool('k6')

function scriptFor(token: string): string {
  const lib = (name: string) => JSON.stringify(join(import.meta.dirname, name))
  return `import * as forge from ${lib('forged-token.ts')}
import http from 'k6/http'
const made = ${JSON.stringify(FORGERIES)}.map((name) => [name, forge[name](${JSON.stringify(token)}, ${JSON.stringify(SECRET)})])
export const options = { iterations: 1 }
export default () => http.post(__ENV.BASE_URL, JSON.stringify({ made, known: forge.signs(${JSON.stringify(token)}, ${JSON.stringify(SECRET)}) }))`
}

interface Forged {
  readonly made: readonly (readonly [name: string, token: string])[]
  readonly known: boolean
}

async function forgedFrom(token: string): Promise<Forged> {
  const directory = mkdtempSync(join(tmpdir(), 'forged-'))
  const scenarioFile = join(directory, 'scenario.ts')
  writeFileSync(scenarioFile, scriptFor(token))
  const told = Promise.withResolvers<string>()
  const server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => told.resolve(chunk.toString()))
    request.on('end', () => response.end('{}'))
  }).listen(0, HOST)
  await once(server, 'listening')
  const bound = server.address()
  const baseUrl = `http://${HOST}:${typeof bound === 'object' ? bound?.port : ''}`
  const wish = { launch: k6Process(k6 ?? 'k6', {}), scenarioFile, artifactsDir: join(directory, 'run'), baseUrl }
  const load = await startLoad({ ...wish, rate: 1, run: 'liveforged', env: {}, clock: systemClock, signal: new AbortController().signal })
  try {
    return JSON.parse(await told.promise) as Forged
  } finally {
    await load.stop()
    server.close()
    rmSync(directory, { recursive: true })
  }
}

describe.skipIf(k6 === undefined)('with k6 (skipped when the harness has none)', () => {
  const key = new TextEncoder().encode(SECRET)
  const claims = { sub: 'ada', role: 'guest' }
  let genuine: string
  let forged: Forged
  const of = (name: string): string => forged.made.find(([made]) => made === name)?.[1] ?? ''
  const judged = (name: string) => jwtVerify(of(name), key)

  beforeAll(async () => {
    genuine = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).setIssuedAt().setExpirationTime('1h').sign(key)
    forged = await forgedFrom(genuine)
  })

  test.each(['tampered', 'signedByAnother'] as const)('%s: the same claims, only the signature is wrong', async (name) => {
    expect([decodeJwt(of(name)), decodeProtectedHeader(of(name))]).toEqual([decodeJwt(genuine), decodeProtectedHeader(genuine)])
    await expect(judged(name)).rejects.toBeInstanceOf(errors.JWSSignatureVerificationFailed)
  })

  test('unsigned: the same claims, and no signature is said to be needed', () => {
    expect([decodeJwt(of('unsigned')), decodeProtectedHeader(of('unsigned'))]).toEqual([decodeJwt(genuine), { alg: 'none', typ: 'JWT' }])
    expect(of('unsigned')).toMatch(/\.$/)
  })

  test('promoted: an administrator with the signature of a guest', async () => {
    expect(decodeJwt(of('promoted'))).toEqual({ ...decodeJwt(genuine), role: 'lab_administrator' })
    await expect(judged('promoted')).rejects.toBeInstanceOf(errors.JWSSignatureVerificationFailed)
  })

  test('expired: genuine in all but its age', async () => {
    await expect(judged('expired')).rejects.toBeInstanceOf(errors.JWTExpired)
    expect(forged.known).toBe(true)
  })
})
