// Passes a request on to another service and its answer back: bytes as they are, headers but for those of one leg.
import type { Attributes } from '@opentelemetry/api'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'
import { call, type HttpAnswer } from './http-call.ts'

/** Headers that belong to one connection, or that are set anew on each leg. */
const NOT_PASSED = new Set(
  (
    'connection keep-alive proxy-authenticate proxy-authorization te trailer transfer-encoding upgrade ' +
    'host content-length expect x-request-id traceparent tracestate'
  ).split(' '),
)

/** Where a request goes; times in ms. */
export interface Forwarding {
  readonly peer: string
  readonly url: string
  readonly deadline: number
  readonly spanName?: string
  readonly attributes?: Attributes
  /** False leaves out the trace context. */
  readonly propagate?: boolean
  /** Headers instead of those that came with the request. */
  readonly headers?: OutgoingHttpHeaders
}

/** Takes bodies of every type as bytes: what a client sent is what the service gets. Call before routes. */
export function takeBytes(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) => body)
}

/** Sends the request on; any status is an answer, no answer is an HttpCallError. */
export function forward(request: FastifyRequest, { headers, ...wanted }: Forwarding): Promise<HttpAnswer> {
  return call({
    ...wanted,
    method: request.method,
    headers: { ...upstreamHeaders(request), ...headers },
    body: Buffer.isBuffer(request.body) ? request.body : undefined,
  })
}

/** Answers with what the service answered. */
export function giveBack(reply: FastifyReply, { status, headers, body }: HttpAnswer): FastifyReply {
  return reply.status(status).headers(passed(headers)).send(body)
}

function upstreamHeaders(request: FastifyRequest): OutgoingHttpHeaders {
  return {
    ...passed(request.headers),
    'x-request-id': request.id,
    'x-forwarded-for': request.ip,
    'x-forwarded-proto': request.protocol,
    'x-forwarded-host': request.headers.host ?? '',
  }
}

function passed(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const named = String(headers.connection ?? '').toLowerCase().split(',').map((name) => name.trim())
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_PASSED.has(name) && !named.includes(name)))
}
