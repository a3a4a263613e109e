// Receives what Alertmanager posts, for Slack and PagerDuty too: an alert counts as delivered when it has arrived here,
// and not before.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { HarnessError, messageOf } from '../errors.ts'
import type { EvidenceOf } from '../model/evidence.ts'
import type { Clock } from '../time/clock.ts'
import { withDeadline } from '../time/poll.ts'
import { BrokenOnOrder, misbehaving } from './misbehave.ts'
import { protocolOf, type Answer, type Protocol } from './protocols.ts'
import type { SinkOptions, StartedSink } from './sink.ts'

const LARGEST_BODY = 4 * 1_024 * 1_024
const CLOSE_MS = 2_000
/** A request that takes longer to arrive is cut off. */
const SLOWEST = { requestTimeout: 10_000, headersTimeout: 10_000, connectionsCheckingInterval: 1_000 }

/** Listens on `http://host:port/<receiver>`, `/slack/<receiver>` and `/pagerduty/<receiver>`; ADDRESS_TAKEN when it cannot. */
export async function startHttpSink(options: SinkOptions): Promise<StartedSink> {
  const { host, port } = options.listen
  const over = new AbortController()
  const server = createServer(SLOWEST, (request, response) => void serve(options, { request, response, over: over.signal }))
  server.listen(port, host)
  await once(server, 'listening').catch((cause: unknown) => {
    throw new HarnessError('ADDRESS_TAKEN', `the alert sink cannot listen on ${host}:${port}`, { cause })
  })
  const bound = server.address()
  const address = { host, port: bound !== null && typeof bound === 'object' ? bound.port : port }
  return { address, [Symbol.asyncDispose]: () => closed(server, options.clock, over) }
}

interface Call {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** Aborted when the sink ends. */
  readonly over: AbortSignal
}

/** Never rejects: after a request that fails, the next one still has to be taken. */
async function serve(options: SinkOptions, { request, response, over }: Call): Promise<void> {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const answered = await answer(options, request, AbortSignal.any([over, gone.signal]))
  if (answered === undefined) return void response.destroy()
  const { status, type, body } = answered
  response.writeHead(status, { connection: 'close', 'content-type': type }).end(body)
}

/** Undefined where nobody is to be answered. */
async function answer(options: SinkOptions, request: IncomingMessage, signal: AbortSignal): Promise<Answer | undefined> {
  const what = `${request.method} ${request.url?.slice(0, 200)}`
  try {
    const text = await bodyOf(request)
    const { protocol, receiver } = protocolOf(request.url ?? '/')
    await misbehaving(receiver, options, signal)
    return request.method === 'GET' ? LOOKED_AT : await take(options, { protocol, receiver, text, what })
  } catch (thrown) {
    if (!(thrown instanceof BrokenOnOrder)) return notTaken(options, what, messageOf(thrown))
    return thrown.silent ? undefined : { ...EMPTY, status: 500 }
  }
}

interface Post {
  readonly protocol: Protocol
  readonly receiver: string
  readonly text: string
  readonly what: string
}

async function take(options: SinkOptions, { protocol, receiver, text, what }: Post): Promise<Answer> {
  const at = options.clock.now()
  if (!what.startsWith('POST ')) return notTaken(options, what, 'only POST delivers')
  let delivery: EvidenceOf<'delivery'>
  try {
    delivery = protocol.delivery(receiver, text)
  } catch (thrown) {
    return { ...notTaken(options, what, messageOf(thrown)), ...protocol.refusal(messageOf(thrown)) }
  }
  try {
    await options.onDelivery(delivery, at)
    return protocol.taken(text)
  } catch (thrown) {
    return { ...notTaken(options, what, `it could not be recorded: ${messageOf(thrown)}`), status: 500 }
  }
}

const EMPTY = { type: 'text/plain', body: '' } as const
/** Whoever only looks is told that the receiver is there: so a fault of it can be proved from outside. */
const LOOKED_AT: Answer = { ...EMPTY, status: 200 }

function notTaken({ onRefused, clock }: SinkOptions, what: string, why: string): Answer {
  onRefused(`the alert sink did not take ${what}: ${why}`, clock.now())
  return { ...EMPTY, status: 400 }
}

/**
 * Reads to the end even where the body is too large, so that the sender gets its answer; it does not keep what it
 * will not use.
 */
async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= LARGEST_BODY) chunks.push(chunk)
  }
  if (size > LARGEST_BODY) {
    throw new HarnessError('PROBE_UNREACHABLE', `the body has ${size} bytes, ${LARGEST_BODY} are taken`)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Lets a delivery that is under way finish, for two seconds, but for those that hang on order; then every connection is cut. */
async function closed(server: Server, clock: Clock, over: AbortController): Promise<void> {
  const done = once(server, 'close')
  over.abort()
  server.close()
  server.closeIdleConnections()
  const wait = { clock, within: CLOSE_MS, what: 'the last deliveries' }
  await withDeadline(wait, () => done).catch(() => server.closeAllConnections())
  await done
}
