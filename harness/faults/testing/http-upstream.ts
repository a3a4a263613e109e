// A small HTTP server of its own process, so that tests can freeze and kill it: node http-upstream.ts HOST PORT.
import { createServer } from 'node:http'

const [host, port] = process.argv.slice(2)
const METRICS = 'a_metric{of="no consequence"} 1\n'.repeat(640)

createServer((request, response) => response.end(request.url === '/metrics' ? METRICS : 'here\n')).listen(
  Number(port),
  host,
)
