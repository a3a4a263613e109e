// Stands before a service in live tests: passes calls on, refuses, cuts or holds them, or loses the answer.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** A call as it came in. */
export interface Seen {
  /** Method and path. */
  readonly what: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: unknown
  /** When it came (ms, of this process). */
  readonly at: number
}

/**
 * What happens to a call: `drop` cuts it before it reaches the service, `lose` after the service has done its work,
 * `hold` keeps it from the service for good, `swallow` keeps the answer for good; an object is answered at once.
 */
export type Play = 'pass' | 'drop' | 'lose' | 'hold' | 'swallow' | { readonly status: number; readonly body?: object }

/** A gate before one service. */
export interface HttpGate {
  readonly base: string
  readonly seen: Seen[]
  /** Says what happens from now on; health checks always pass. */
  play(rule: (call: Seen) => Play): void
  /** Lets a call wait for a promise before it passes. */
  playLater(rule: (call: Seen) => Promise<void> | undefined): void
  /** Forgets what it has seen and passes everything. */
  reset(): void
  /** How many calls are kept, on this or that side of the service. */
  kept(): number
  /** Cuts off the calls that are kept. */
  release(): void
  /** The calls that matter, in order. */
  calls(): string[]
  close(): Promise<void>
}

/** Listens at `host:port` before the service at `upstream`. */
export async function openHttpGate(host: string, port: number, upstream: string): Promise<HttpGate> {
  const seen: Seen[] = []
  let rule: (call: Seen) => Play = () => 'pass'
  let wait: (call: Seen) => Promise<void> | undefined = () => undefined
  const kept = new Set<IncomingMessage>()
  const server = createServer((request, response) => {
    const at = performance.now()
    void textOf(request).then(async (text) => {
      const call = { what: `${request.method} ${request.url}`, headers: request.headers, body: parsed(text), at }
      const isProbe = request.url?.startsWith('/health') === true
      if (!isProbe) seen.push(call)
      await wait(call)
      return act(isProbe ? 'pass' : rule(call), { request, response, text, upstream, kept })
    })
  })
  server.listen(port, host)
  await once(server, 'listening')
  return {
    base: `http://${host}:${port}`,
    seen,
    play: (next) => void (rule = next),
    playLater: (next) => void (wait = next),
    kept: () => kept.size,
    release: () => kept.forEach((request) => request.socket.destroy()),
    reset: () => {
      seen.length = 0
      rule = () => 'pass'
      wait = () => undefined
    },
    calls: () => seen.map(({ what }) => what.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

interface Call {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly text: string
  readonly upstream: string
  readonly kept: Set<IncomingMessage>
}

async function act(play: Play, call: Call): Promise<void> {
  const { request, response, kept } = call
  if (play === 'hold') return keep(request, kept)
  if (play === 'drop') return void request.socket.destroy()
  if (typeof play === 'object') return respond(response, play.status, JSON.stringify(play.body ?? {}))
  const { status, body } = await passOn(call)
  if (play === 'swallow') return keep(request, kept)
  if (play === 'lose') return void request.socket.destroy()
  respond(response, status, body)
}

function keep(request: IncomingMessage, kept: Set<IncomingMessage>): void {
  kept.add(request)
  request.socket.on('close', () => kept.delete(request))
}

function respond(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body)
}

async function passOn({ request, text, upstream }: Call): Promise<{ status: number; body: string }> {
  const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers
  const body = text === '' ? undefined : text
  try {
    const init = { method: request.method, headers: headers as Record<string, string>, body }
    const answer = await fetch(upstream + (request.url ?? ''), init)
    return { status: answer.status, body: await answer.text() }
  } catch {
    return { status: 503, body: '{}' }
  }
}

function parsed(text: string): unknown {
  return text === '' ? undefined : JSON.parse(text)
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
