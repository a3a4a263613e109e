// What a real k6 makes of operations: a file is a form that a server can read, and rivals come at the same moment.
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { k6Process } from '../../harness/load/k6-process.ts'
import { startLoad } from '../../harness/load/start-load.ts'
import { foundTool } from '../../harness/stack/toolchain/testing/found-tool.ts'
import { systemClock } from '../../harness/time/clock.ts'

const HOST = '127.62.7.2'
const TEXT = 'Sample ID: ABCD-00000001\r\nµl\n'
/** Slow enough to tell a moment from a turn. */
const RATE = 2
const k6 = await foundTool('k6')

interface Came {
  readonly at: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer<ArrayBuffer>
}

function scenarioWith(journey: string): string {
  const lib = (name: string) => JSON.stringify(join(import.meta.dirname, name))
  return `import { optionsFor, runJourneys } from ${lib('journey.ts')}
import { granted } from ${lib('expectation.ts')}
import { operation, together } from ${lib('operation.ts')}
import { readSettings } from ${lib('settings.ts')}
const settings = readSettings()
const ask = { op: 'x', method: 'POST', url: settings.baseUrl + '/x', expect: granted({}), token: 't' }
export const options = optionsFor(settings)
export default () => runJourneys(settings, async () => void (${journey}))`
}

/** A server that keeps what came; `count` of it are waited for. */
async function keeping(count: number) {
  const kept: Came[] = []
  const enough = Promise.withResolvers<readonly Came[]>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      kept.push({ at: performance.now(), headers: request.headers, body: Buffer.concat(chunks) })
      if (kept.length === count) enough.resolve(kept)
      response.end('{}')
    })
  }).listen(0, HOST)
  await once(server, 'listening')
  const bound = server.address()
  return { came: enough.promise, baseUrl: `http://${HOST}:${typeof bound === 'object' ? bound?.port : ''}`, server }
}

/** The first requests of a load that does nothing but this journey. */
async function firstOf(count: number, journey: string): Promise<readonly Came[]> {
  const directory = mkdtempSync(join(tmpdir(), 'operation-'))
  const scenarioFile = join(directory, 'scenario.ts')
  writeFileSync(scenarioFile, scenarioWith(journey))
  const { came, baseUrl, server } = await keeping(count)
  const launch = k6Process(k6 ?? 'k6', {})
  const signal = new AbortController().signal
  const wish = { launch, scenarioFile, baseUrl, rate: RATE, run: 'liveoperation', env: {}, clock: systemClock, signal }
  const load = await startLoad({ ...wish, artifactsDir: join(directory, 'run') })
  try {
    return await came
  } finally {
    await load.stop()
    server.close()
    rmSync(directory, { recursive: true })
  }
}

describe.skipIf(k6 === undefined)('with k6 (skipped when the harness has none)', () => {
  test('a file is sent as the field of a form', async () => {
    const file = JSON.stringify({ name: 'form.txt', text: TEXT })
    const [{ headers, body } = { headers: {}, body: '' }] = await firstOf(1, `await operation({ ...ask, file: ${file} })`)
    const type = { 'content-type': headers['content-type'] ?? '' }
    const sent = (await new Response(body, { headers: type }).formData()).get('file') as File
    expect([sent.name, sent.type, await sent.text()]).toEqual(['form.txt', 'text/plain', TEXT])
    expect(headers).toMatchObject({ authorization: 'Bearer t', traceparent: expect.stringMatching(/^00-/) as string })
  })

  test('rivals wait for one another, and begin no more often than anybody else', async () => {
    const came = await firstOf(4, 'await together([ask, ask])')
    const [first = 0, second = 0, third = 0, fourth = 0] = came.map(({ at }) => at)
    expect(Math.max(second - first, fourth - third)).toBeLessThan(250)
    expect(third - second).toBeGreaterThan(750)
  })
})
