// Watches every request to its end: server span, metrics, access log; a client that leaves early counts too.
import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import type { Context, Span } from '@opentelemetry/api'
import { suppressTracing } from '@opentelemetry/core'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Metrics } from './metrics.ts'

/** What the logs call a client that left before its answer (nginx's number). */
const CLIENT_LEFT = 499
/** Requests of the machinery: neither users' traffic in the metrics, nor traced unless they ask for it. */
const PROBES = new Set(['/health', '/health/ready', '/health/metrics', '/metrics'])

/** Adds the hooks; call before any route. */
export function observeRequests(app: FastifyInstance, metrics: Metrics): void {
  const contexts = new WeakMap<FastifyRequest, Context>()
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    const active = contextOf(request)
    contexts.set(request, active)
    const started = performance.now()
    // 'close' comes after a whole answer and after a lost client alike; 'finish' would miss the latter.
    reply.raw.once('close', () => context.with(active, () => settle({ request, reply, metrics, started })))
    context.with(active, done)
  })
  // Reading a body leaves the async context of the request, so it is entered again.
  app.addHook('preValidation', (request, _reply, done) => context.with(contexts.get(request) ?? ROOT_CONTEXT, done))
}

interface Exchange {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly metrics: Metrics
  readonly started: number
}

function isProbe(request: FastifyRequest): boolean {
  return PROBES.has(request.routeOptions.url ?? '')
}

function contextOf(request: FastifyRequest): Context {
  const parent = propagation.extract(ROOT_CONTEXT, request.headers)
  if (isProbe(request) && trace.getSpanContext(parent) === undefined) return suppressTracing(ROOT_CONTEXT)
  const route = request.routeOptions.url
  const span = trace.getTracer('tracseq').startSpan(
    route === undefined ? request.method : `${request.method} ${route}`,
    {
      kind: SpanKind.SERVER,
      attributes: {
        'http.request.method': request.method,
        'http.route': route,
        'url.path': pathOf(request),
        'request.id': request.id,
      },
    },
    parent,
  )
  return trace.setSpan(parent, span)
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? ''
}

function settle({ request, reply, metrics, started }: Exchange): void {
  const status = reply.raw.writableFinished ? reply.statusCode : CLIENT_LEFT
  const seconds = (performance.now() - started) / 1000
  endSpan(trace.getActiveSpan(), status)
  if (!isProbe(request)) metrics.request(request.method, status, seconds)
  const line = { method: request.method, path: pathOf(request), status, ms: Math.round(seconds * 1000) }
  request.log[levelOf(request, status)](line, 'request')
}

function endSpan(span: Span | undefined, status: number): void {
  span?.setAttribute('http.response.status_code', status)
  const message = status === CLIENT_LEFT ? 'the client left before the answer' : `status ${status}`
  if (status >= CLIENT_LEFT) span?.setStatus({ code: SpanStatusCode.ERROR, message })
  span?.end()
}

function levelOf(request: FastifyRequest, status: number): 'debug' | 'info' | 'warn' | 'error' {
  if (isProbe(request)) return 'debug'
  if (status >= 500) return 'error'
  return status === CLIENT_LEFT ? 'warn' : 'info'
}
