// A request that is too large is answered, and the answer arrives, while its client is still sending; but not for ever.
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CommonSettings } from './common-settings.ts'
import { createMetrics } from './metrics.ts'
import { Refusal } from './refusal.ts'
import { createServer } from './server.ts'

const HOST = '127.61.60.1'
const PORT = 8099
const settings = { service: 'x', bodyLimit: 1000, logLevel: 'silent', defects: new Set() } as unknown as CommonSettings
const refusals = { fromError: () => new Refusal(500, 'x', ''), body: ({ message }: Refusal) => ({ error: message }) }
const app = createServer(settings, { metrics: createMetrics('x'), refusals })

beforeAll(async () => {
  app.post('/', async () => ({}))
  await app.listen({ host: HOST, port: PORT })
})

afterAll(() => app.close())

async function begun(head: string): Promise<{ socket: Socket; heard: Promise<string> }> {
  const socket = connect(PORT, HOST)
  await once(socket, 'connect')
  const { promise: heard, resolve, reject } = Promise.withResolvers<string>()
  let text = ''
  socket.on('data', (chunk) => (text += chunk.toString()))
  socket.on('error', reject)
  socket.on('close', () => resolve(text))
  socket.write(`POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${head}\r\n\r\n`)
  return { socket, heard }
}

// As a proxy may, it listens only when it has spoken: by then a reset would have taken the answer away.
it('whoever says at once that it is much, and sends it slowly, hears the answer', async () => {
  const { socket, heard } = await begun('content-length: 4000000')
  socket.pause()
  for (let n = 0; n < 40; n += 1) {
    socket.write('x'.repeat(100_000))
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  socket.resume()
  expect(await heard).toContain('413 Payload Too Large')
})

it('whoever never ends is told after a while', async () => {
  const { heard } = await begun('content-length: 4000000')
  expect(await heard).toContain('413 Payload Too Large')
}, 10_000)
