// A small service of its own process, told how it takes being told to stop: node server.ts HOST PORT MANNER.
import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'

/** polite finishes what it has begun; rude ends at once, with it; stubborn does not listen; wrong ends in order, and says that it did not. */
const [host, port, manner] = process.argv.slice(2)
const SLOW_MS = 400

const answer = (response: ServerResponse) => response.end(JSON.stringify({ status: 'ready' }))
const server = createServer((request, response) => {
  if (request.url === '/slow') setTimeout(() => answer(response), SLOW_MS)
  else answer(response)
}).listen(Number(port), host)

const end = (code: number) => () => {
  server.close(() => process.exit(code))
  setInterval(() => server.closeIdleConnections(), 20)
}
if (manner === 'polite') process.on('SIGTERM', end(0))
if (manner === 'wrong') process.on('SIGTERM', end(1))
if (manner === 'stubborn') process.on('SIGTERM', () => undefined)
