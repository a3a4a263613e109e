// Builds the HTTP server all services share: request ids, JSON logs, body limit, errors in the service's own words.
import { LogController, fastify, type FastifyError, type FastifyInstance, type FastifyRequest } from 'fastify'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { CommonSettings } from './common-settings.ts'
import type { Metrics } from './metrics.ts'
import { heardOut } from './lingering.ts'
import { observeRequests } from './observe.ts'
import { DatabaseUnavailable } from './pool.ts'
import { RedisUnavailable } from './redis-unavailable.ts'
import { malformed, Refusal, type RefusalStyle } from './refusal.ts'
import { activeTraceId } from './span.ts'

/** What a server is made of besides its settings. */
export interface ServerParts {
  readonly metrics: Metrics
  readonly refusals: RefusalStyle
}

/** How long (ms) a client may take to send one request. */
const REQUEST_TIMEOUT = 30_000

/** Creates the server with its hooks, error handling and /metrics; routes come from the service. */
export function createServer(settings: CommonSettings, { metrics, refusals }: ServerParts): FastifyInstance {
  const app: FastifyInstance = fastify({
    bodyLimit: settings.bodyLimit,
    requestTimeout: REQUEST_TIMEOUT,
    // A request already on its way when we are told to stop is still served; its connection is closed after it.
    return503OnClosing: false,
    genReqId: requestId,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    logger: {
      level: settings.logLevel,
      base: { service: settings.service },
      messageKey: 'message',
      formatters: { level: (label: string) => ({ level: label }) },
      mixin: () => ({ trace_id: activeTraceId() }),
    },
  })
  observeRequests(app, metrics)
  answerErrors(app, refusals)
  if (!settings.defects.has('no-metrics')) {
    app.get('/metrics', async (_request, reply) => {
      reply.type(metrics.registry.contentType)
      return metrics.registry.metrics()
    })
  }
  return app
}

function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID()
}

function answerErrors(app: FastifyInstance, refusals: RefusalStyle): void {
  app.setErrorHandler<FastifyError | Error>(async (error, request, reply) => {
    const refusal = refusalOf(error, refusals)
    if (refusal.status === 413) await heardOut(request)
    if (refusal.status >= 500) report(error, refusal, request)
    const body = refusals.body(refusal)
    if (typeof body === 'string') reply.type('text/plain; charset=utf-8')
    return reply.status(refusal.status).send(body)
  })
  app.setNotFoundHandler((_request, reply) => {
    const body = refusals.body(malformed(404, ''))
    return reply.status(404).send(body)
  })
}

/** A known failure is told by its message; only a surprise needs its stack. */
function report(error: Error, { code }: Refusal, request: FastifyRequest): void {
  const known = [Refusal, DatabaseUnavailable, RedisUnavailable].some((kind) => error instanceof kind)
  request.log.error(known ? { code } : { code, err: error }, error.message)
}

function refusalOf(error: FastifyError | Error, refusals: RefusalStyle): Refusal {
  if (error instanceof Refusal) return error
  if ('statusCode' in error && error.statusCode !== undefined && error.statusCode < 500) {
    return malformed(error.statusCode, error.message)
  }
  return refusals.fromError(error)
}

/** Takes JSON bodies only; an empty one is no body, whatever its type says. */
export function acceptJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_: FastifyRequest, body: string) => {
    return body === '' ? undefined : parseJson(body)
  })
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch (error) {
    throw malformed(400, `Failed to parse the request body as JSON: ${error instanceof Error ? error.message : ''}`)
  }
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** Answers 405 where a path exists but not with that method; returns the step to take when all routes are there. */
export function refuseOtherMethods(app: FastifyInstance): () => void {
  const known = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    const methods = known.get(url) ?? new Set()
    for (const one of [method].flat()) methods.add(one)
    known.set(url, methods)
  })
  return () => {
    // Adding routes adds to the map, so its present content is taken first.
    for (const [url, methods] of Array.from(known)) {
      const others = METHODS.filter((method) => !methods.has(method))
      if (others.length === 0) continue
      app.route({ method: others, url, handler: () => Promise.reject(malformed(405, '')) })
    }
  }
}
