// Passes one request on to its service: limit, door, breaker, call, and the service's own answer back, byte for byte.
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { OutgoingHttpHeaders } from 'node:http'
import { forward, giveBack } from '../kit/forwarding.ts'
import { HttpCallError, type HttpAnswer, type HttpFailure } from '../kit/http-call.ts'
import { Refusal } from '../kit/refusal.ts'
import { targetOf, type RouteRule, type Upstream, type UpstreamUrls } from '../kit/service-routes.ts'
import type { Admission } from './admission.ts'
import type { Breaker, Permit } from './breaker.ts'
import type { Clients } from './clients.ts'
import type { Door } from './door.ts'
import type { GatewayMetrics } from './gateway-metrics.ts'
import type { Limits } from './limits.ts'
import { endpointOf } from './routing.ts'
import type { GatewaySettings } from './settings.ts'
import { turnAway } from './turn-away.ts'

/** Everything the proxy works with. */
export interface GatewayWorld {
  readonly settings: GatewaySettings
  readonly urls: UpstreamUrls
  /** The services of this system. */
  readonly services: readonly Upstream[]
  breakerOf(service: Upstream): Breaker
  readonly clients: Clients
  readonly admission: Admission
  readonly limits: Limits
  readonly door: Door
  readonly metrics: GatewayMetrics
}

const STATUS: Readonly<Record<HttpFailure, number>> = { connect: 503, timeout: 504, broken: 502 }

/** The handler of one prefix. */
export function proxy(world: GatewayWorld, rule: RouteRule) {
  const { upstream } = rule
  if (world.urls[upstream] === '') return () => Promise.reject(absent(upstream))
  const hidesErrors = upstream === 'auth' && world.settings.defects.has('gateway-hides-auth-errors')
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    watch(world, upstream, { request, reply })
    if (!world.admission.enter(reply)) return reply
    if (!world.limits.pass(request, reply, upstream)) return reply
    const headers = world.door(request, upstream)
    const breaker = world.breakerOf(upstream)
    const permit = breaker.enter(performance.now())
    if (permit === undefined) return breakerOpen(reply, upstream, breaker.retryAfter(performance.now()))
    const answer = await passOn(world, { rule, request, permit, headers })
    world.clients.learn(request, answer.status, performance.now())
    return giveBack(reply, hidesErrors ? { ...answer, status: 200 } : answer)
  }
}

/** A prefix of a service that this system does not have. */
function absent(service: Upstream): Refusal {
  return new Refusal(404, 'absent', `${service} is not part of this system`)
}

function watch(world: GatewayWorld, service: Upstream, at: { request: FastifyRequest; reply: FastifyReply }): void {
  const { raw } = at.reply
  const { method, url } = at.request
  const started = performance.now()
  world.metrics.started(service)
  raw.once('close', () => {
    const seconds = (performance.now() - started) / 1000
    const status = raw.writableFinished ? at.reply.statusCode : 499
    world.metrics.finished({ method, service, endpoint: endpointOf(url), status, seconds })
  })
}

function breakerOpen(reply: FastifyReply, service: Upstream, wait: number): FastifyReply {
  return turnAway(reply, { reason: `the circuit breaker of ${service} is open`, wait, service })
}

interface Passage {
  readonly rule: RouteRule
  readonly request: FastifyRequest
  readonly permit: Permit
  readonly headers: OutgoingHttpHeaders
}

/** Only a call without an answer counts as failed for the breaker; a 500 is an answer. */
async function passOn(world: GatewayWorld, passage: Passage): Promise<HttpAnswer> {
  const { upstream } = passage.rule
  try {
    const answer = await send(world, passage)
    passage.permit.done(false, performance.now())
    world.metrics.health(upstream, true)
    return answer
  } catch (error) {
    passage.permit.done(true, performance.now())
    world.metrics.health(upstream, false)
    if (error instanceof HttpCallError) throw new Refusal(STATUS[error.failure], 'upstream', error.message)
    throw error
  }
}

function send({ settings, urls }: GatewayWorld, { rule, request, headers }: Passage): Promise<HttpAnswer> {
  const { upstream } = rule
  const path = targetOf(rule, request.url)
  return forward(request, {
    peer: upstream,
    url: urls[upstream] + path,
    deadline: settings.upstreamTimeout,
    spanName: `gateway.proxy.${upstream}`,
    attributes: { 'http.method': request.method, 'http.path': path.split('?', 1)[0] },
    propagate: !settings.defects.has('no-trace-propagation'),
    headers,
  })
}
