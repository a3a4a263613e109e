// Passes requests for a service on to it: the lab manager's documented proxy mode, in which it keeps nothing itself.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { forward, giveBack } from '../kit/forwarding.ts'
import { HttpCallError, type HttpAnswer } from '../kit/http-call.ts'
import { ROUTES, targetOf, type Upstream } from '../kit/service-routes.ts'
import { FAILURES, refuse } from './refusals.ts'
import type { LabManagerSettings } from './settings.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
/** The services the lab manager stands before, as documented. */
const SERVICES: readonly Upstream[] = [
  'auth',
  'sample',
  'template',
  'sequencing',
  'storage',
  'rag',
  'reports',
  'spreadsheet-versioning',
]
const RULES = ROUTES.filter(({ upstream }) => SERVICES.includes(upstream))

/** All prefixes of the services, each with everything below it. */
export function passingRoutes(app: FastifyInstance, settings: LabManagerSettings): void {
  for (const rule of RULES) {
    const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      return giveBack(reply, await ask(settings, rule.upstream, { request, path: targetOf(rule, request.url) }))
    }
    app.route({ method: METHODS, url: rule.prefix, handler })
    app.route({ method: METHODS, url: `${rule.prefix}/*`, handler })
  }
  passRegistration(app, settings)
}

/** A route of its own, because it needs no caller. */
function passRegistration(app: FastifyInstance, settings: LabManagerSettings): void {
  app.post('/api/auth/register', async (request, reply) => {
    return giveBack(reply, await ask(settings, 'auth', { request, path: '/auth/register' }))
  })
}

/** The answer of a service to a request. */
export async function ask(
  { urls, upstreamTimeout }: LabManagerSettings,
  peer: Upstream,
  { request, path }: { request: FastifyRequest; path: string },
): Promise<HttpAnswer> {
  const base = urls[peer]
  if (base === '') throw refuse('SERVICE_NOT_FOUND', `Service not found: ${peer} is not part of this system`)
  try {
    return await forward(request, { peer, url: base + path, deadline: upstreamTimeout })
  } catch (error) {
    if (error instanceof HttpCallError) throw refuse(FAILURES[error.failure], error.message)
    throw error
  }
}

/** The services of this system and their addresses. */
export function configured({ urls }: LabManagerSettings): readonly (readonly [Upstream, string])[] {
  return SERVICES.map((name) => [name, urls[name]] as const).filter(([, url]) => url !== '')
}

