// Receives Alertmanager's webhooks: an alert counts as delivered when it has arrived here, and not before.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { HarnessError, messageOf } from '../errors.ts'
import type { EvidenceOf } from '../model/evidence.ts'
import type { Address } from '../model/stack.ts'
import type { Clock } from '../time/clock.ts'
import { withDeadline } from '../time/poll.ts'
import { deliveryOf } from './webhook-body.ts'

const LARGEST_BODY = 4 * 1_024 * 1_024
const CLOSE_MS = 2_000
/** A request that takes longer to arrive is cut off. */
const SLOWEST = { requestTimeout: 10_000, headersTimeout: 10_000, connectionsCheckingInterval: 1_000 }

export interface WebhookSinkOptions {
  /** Port 0 takes a free one. */
  readonly listen: Address
  readonly clock: Clock
  /**
   * `at` is when the last byte arrived. The answer waits for it: 200 only once the delivery is recorded, 500 when it
   * throws.
   */
  readonly onDelivery: (delivery: EvidenceOf<'delivery'>, at: number) => void | Promise<void>
  /** Called with one sentence on every request that was not recorded. */
  readonly onRefused: (why: string, at: number) => void
}

/** It has no signal: what arrives while a run is undone is recorded too, until the sink itself is disposed. */
export interface WebhookSink extends AsyncDisposable {
  readonly address: Address
}

/** Listens on `http://host:port/<receiver>`; ADDRESS_TAKEN when it cannot. */
export async function startWebhookSink(options: WebhookSinkOptions): Promise<WebhookSink> {
  const { host, port } = options.listen
  const server = createServer(SLOWEST, (request, response) => {
    void answer(options, request).then((status) => response.writeHead(status, { connection: 'close' }).end())
  })
  server.listen(port, host)
  await once(server, 'listening').catch((cause: unknown) => {
    throw new HarnessError('ADDRESS_TAKEN', `the webhook sink cannot listen on ${host}:${port}`, { cause })
  })
  const bound = server.address()
  const address = { host, port: bound !== null && typeof bound === 'object' ? bound.port : port }
  return { address, [Symbol.asyncDispose]: () => closed(server, options.clock) }
}

/** The status to answer with. Never rejects: after a request that fails, the next one still has to be taken. */
async function answer(options: WebhookSinkOptions, request: IncomingMessage): Promise<number> {
  let [status, step] = [400, '']
  try {
    const text = await bodyOf(request)
    const at = options.clock.now()
    const delivery = deliveryOf(receiverOf(request), text)
    ;[status, step] = [500, 'it could not be recorded: ']
    await options.onDelivery(delivery, at)
    return 200
  } catch (thrown) {
    const what = `${request.method} ${request.url?.slice(0, 200)}`
    options.onRefused(`the webhook sink did not take ${what}: ${step}${messageOf(thrown)}`, options.clock.now())
    return status
  }
}

function receiverOf({ method, url = '/' }: IncomingMessage): string {
  if (method !== 'POST') throw new HarnessError('PROBE_UNREACHABLE', 'only POST delivers')
  return decodeURIComponent(url.slice(1).replace(/\?.*$/, ''))
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

/** Lets a delivery that is under way finish, for two seconds; then every connection is cut. */
async function closed(server: Server, clock: Clock): Promise<void> {
  const done = once(server, 'close')
  server.close()
  server.closeIdleConnections()
  const wait = { clock, within: CLOSE_MS, what: 'the last deliveries' }
  await withDeadline(wait, () => done).catch(() => server.closeAllConnections())
  await done
}
