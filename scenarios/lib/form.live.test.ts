// What a real k6 makes of a file: a form that a server reads as such, beside the trace and the token of any request.
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { k6Process } from '../../harness/load/k6-process.ts'
import { startLoad } from '../../harness/load/start-load.ts'
import { foundTool } from '../../harness/stack/toolchain/testing/found-tool.ts'
import { systemClock } from '../../harness/time/clock.ts'

const HOST = '127.62.7.2'
const TEXT = 'Sample ID: ABCD-00000001\r\nµl\n'
const k6 = await foundTool('k6')

function scenarioWith(ask: string): string {
  const lib = (name: string) => JSON.stringify(join(import.meta.dirname, name))
  return `import { optionsFor, runJourneys } from ${lib('journey.ts')}
import { granted } from ${lib('expectation.ts')}
import { operation } from ${lib('operation.ts')}
import { readSettings } from ${lib('settings.ts')}
const settings = readSettings()
export const options = optionsFor(settings)
export default () => runJourneys(settings, async () => void (await operation(${ask})))`
}

async function formIn(request: IncomingMessage): Promise<FormData> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const headers = { 'content-type': request.headers['content-type'] ?? '' }
  return new Response(new Uint8Array(Buffer.concat(chunks)), { headers }).formData()
}

test.skipIf(k6 === undefined)('a file is sent as the field of a form (skipped when the harness has no k6)', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'form-'))
  const came = Promise.withResolvers<{ readonly form: FormData; readonly headers: IncomingHttpHeaders }>()
  const server = createServer((request, response) => {
    formIn(request).then((form) => came.resolve({ form, headers: request.headers }), came.reject).finally(() => response.end('{}'))
  }).listen(0, HOST)
  await once(server, 'listening')
  const bound = server.address()
  const baseUrl = `http://${HOST}:${typeof bound === 'object' ? bound?.port : ''}`
  const scenarioFile = join(directory, 'form.ts')
  const file = JSON.stringify({ name: 'form.txt', text: TEXT })
  const rest = `expect: granted({}), token: 't', file: ${file}`
  writeFileSync(scenarioFile, scenarioWith(`{ op: 'x', method: 'POST', url: settings.baseUrl + '/upload', ${rest} }`))
  const launch = k6Process(k6 ?? 'k6', {})
  const signal = new AbortController().signal
  const wish = { launch, scenarioFile, baseUrl, rate: 1, run: 'liveform', env: {}, clock: systemClock, signal }
  const load = await startLoad({ ...wish, artifactsDir: join(directory, 'run') })
  try {
    const { form, headers } = await came.promise
    const uploaded = form.get('file') as File
    expect([uploaded.name, uploaded.type, await uploaded.text()]).toEqual(['form.txt', 'text/plain', TEXT])
    expect(headers).toMatchObject({ authorization: 'Bearer t', traceparent: expect.stringMatching(/^00-/) as string })
  } finally {
    await load.stop()
    server.close()
    rmSync(directory, { recursive: true })
  }
})
