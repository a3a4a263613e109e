// An HTTP server for tests that answers as told, or misbehaves as told.
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'

const HOST = '127.65.0.1'

export interface FakeRequest {
  readonly path: string
  readonly query: URLSearchParams
  readonly body: string
  readonly headers: IncomingHttpHeaders
}

export interface FakeReply {
  readonly status?: number
  readonly headers?: Record<string, string>
  /** Text as it is; anything else as JSON. */
  readonly body?: unknown
}

export interface FakeObserver extends AsyncDisposable {
  readonly base: string
  readonly requests: readonly FakeRequest[]
}

/** `hang` never answers. */
export async function fakeObserver(answer: (request: FakeRequest) => FakeReply | 'hang'): Promise<FakeObserver> {
  const requests: FakeRequest[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://fake')
    void request.toArray().then((chunks) => {
      const body = Buffer.concat(chunks).toString()
      const seen = { path: url.pathname, query: url.searchParams, body, headers: request.headers }
      requests.push(seen)
      const reply = answer(seen)
      if (reply === 'hang') return
      response.writeHead(reply.status ?? 200, reply.headers)
      response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body))
    })
  })
  server.listen(0, HOST)
  await once(server, 'listening')
  const bound = server.address()
  const port = bound !== null && typeof bound === 'object' ? bound.port : 0
  const dispose = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { base: `http://${HOST}:${port}`, requests, [Symbol.asyncDispose]: dispose }
}

/** An address on which nobody listens. */
export async function deadAddress(): Promise<string> {
  const gone = await fakeObserver(() => 'hang')
  await gone[Symbol.asyncDispose]()
  return gone.base
}

/** Answers as Prometheus does: one `data` per path. */
export function prometheusAnswers(data: Readonly<Record<string, unknown>>): (request: FakeRequest) => FakeReply {
  return ({ path }) => {
    return path in data ? { body: { status: 'success', data: data[path] } } : { status: 404, body: 'not found' }
  }
}
