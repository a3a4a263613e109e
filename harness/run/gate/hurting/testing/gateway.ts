// A small gateway of its own process, before one service: node gateway.ts HOST PORT UPSTREAM MANNER. `open` protects nothing.
import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'

const [host, port, upstream, manner] = process.argv.slice(2)
const MOST_AT_ONCE = 5
const FAILURES = 3
const OPEN_MS = 500

let inside = 0
let failures = 0
let openUntil = 0

createServer((request, response) => {
  if (request.url === '/login') say(response, 200, { token: 'one' })
  else if (request.headers.authorization !== 'Bearer one') say(response, 401)
  else if (request.url === '/stock') void stock(response)
  else orders(response)
}).listen(Number(port), host)

function orders(response: ServerResponse): void {
  if (inside >= MOST_AT_ONCE && manner !== 'open') return say(response.setHeader('retry-after', '1'), 429)
  inside += 1
  setTimeout(() => {
    inside -= 1
    say(response, 200)
  }, 100)
}

async function stock(response: ServerResponse): Promise<void> {
  if (Date.now() < openUntil && manner !== 'open') return say(response.setHeader('retry-after', '1'), 503)
  const answer = await fetch(`${upstream}/health`).catch(() => undefined)
  failures = answer === undefined ? failures + 1 : 0
  if (failures >= FAILURES) openUntil = Date.now() + OPEN_MS
  say(response, answer === undefined ? 503 : 200)
}

function say(response: ServerResponse, status: number, body: object = {}): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
