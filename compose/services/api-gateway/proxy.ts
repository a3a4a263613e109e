// Passes one request on to its service: limit, breaker, call, and the service's own answer back, byte for byte.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { call, HttpCallError, type HttpAnswer, type HttpFailure } from '../kit/http-call.ts'
import { Refusal } from '../kit/refusal.ts'
import type { Breaker, Permit } from './breaker.ts'
import type { Clients } from './clients.ts'
import type { GatewayMetrics } from './gateway-metrics.ts'
import { clientHeaders, upstreamHeaders } from './headers.ts'
import type { Limits } from './limits.ts'
import { endpointOf, targetOf, type RouteRule, type Upstream } from './routing.ts'
import type { GatewaySettings } from './settings.ts'

/** Everything the proxy works with. */
export interface GatewayWorld {
  readonly settings: GatewaySettings
  readonly urls: Readonly<Record<Upstream, string>>
  readonly breakers: Readonly<Record<Upstream, Breaker>>
  readonly clients: Clients
  readonly limits: Limits
  readonly metrics: GatewayMetrics
}

const STATUS: Readonly<Record<HttpFailure, number>> = { connect: 503, timeout: 504, broken: 502 }

/** The handler of one prefix. */
export function proxy(world: GatewayWorld, rule: RouteRule) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const started = performance.now()
    world.metrics.started(rule.upstream)
    reply.raw.once('close', () => {
      const seconds = (performance.now() - started) / 1000
      const status = reply.raw.writableFinished ? reply.statusCode : 499
      const { method } = request
      world.metrics.finished({ method, service: rule.upstream, endpoint: endpointOf(request.url), status, seconds })
    })
    if (!world.limits.pass(request, reply, rule.upstream)) return reply
    const breaker = world.breakers[rule.upstream]
    const permit = breaker.enter(performance.now())
    if (permit === undefined) return turnAway(reply, rule.upstream, breaker.retryAfter(performance.now()))
    const answer = await passOn(world, { rule, request, permit })
    world.clients.learn(request, answer.status, performance.now())
    return reply.status(answer.status).headers(clientHeaders(answer.headers)).send(answer.body)
  }
}

function turnAway(reply: FastifyReply, service: Upstream, wait: number): FastifyReply {
  const retry_after = Math.max(1, Math.ceil(wait / 1000))
  const reason = `the circuit breaker of ${service} is open`
  reply.status(503).header('retry-after', retry_after)
  return reply.send({ error: 'Service temporarily unavailable', reason, service, retry_after })
}

interface Passage {
  readonly rule: RouteRule
  readonly request: FastifyRequest
  readonly permit: Permit
}

/** Only a call without an answer counts as failed for the breaker; a 500 is an answer. */
async function passOn(world: GatewayWorld, { rule, request, permit }: Passage): Promise<HttpAnswer> {
  const { upstream } = rule
  try {
    const answer = await send(world, rule, request)
    permit.done(false, performance.now())
    world.metrics.health(upstream, true)
    return answer
  } catch (error) {
    permit.done(true, performance.now())
    world.metrics.health(upstream, false)
    if (error instanceof HttpCallError) throw new Refusal(STATUS[error.failure], 'upstream', error.message)
    throw error
  }
}

function send({ settings, urls }: GatewayWorld, rule: RouteRule, request: FastifyRequest): Promise<HttpAnswer> {
  const path = targetOf(rule, request.url)
  return call({
    peer: rule.upstream,
    method: request.method,
    url: urls[rule.upstream] + path,
    deadline: settings.upstreamTimeout,
    headers: upstreamHeaders(request),
    body: Buffer.isBuffer(request.body) ? request.body : undefined,
    spanName: `gateway.proxy.${rule.upstream}`,
    attributes: { 'http.method': request.method, 'http.path': path.split('?', 1)[0] },
    propagate: !settings.defects.has('no-trace-propagation'),
  })
}
