// Asks the auth service who calls; no answer from auth is never taken for a yes.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { CommonSettings } from './common-settings.ts'
import { call, HttpCallError, type HttpAnswer } from './http-call.ts'
import { isUuid } from './fields.ts'
import { recentCallers, type RecentCallers } from './recent-callers.ts'
import { SERVICE_ROLE } from './roles.ts'
import { address, duration, text, type Shape } from './settings.ts'

/** Settings of a service that asks auth; times in ms. */
export interface CallerSettings {
  readonly authUrl: string
  readonly authTimeout: number
  readonly serviceKey: string
  /** How long a token that auth called valid is let in without asking again; 0 asks every time. */
  readonly authCache: number
}

/** The settings with the key `service` has when nothing else is said. */
export function callerSettings(service: string): Shape<CallerSettings> {
  return {
    authUrl: address('AUTH_SERVICE_URL', ['http']),
    authTimeout: duration('AUTH_TIMEOUT', '10s'),
    serviceKey: serviceKeySetting(service),
    authCache: duration('AUTH_CACHE', '0s'),
  }
}

/** SERVICE_KEY, with which a service tells others who it is. */
export function serviceKeySetting(service: string): Shape<CallerSettings>['serviceKey'] {
  return text('SERVICE_KEY', { fallback: `service_${service}` })
}

/**
 * On whose behalf a request is served: a user, or a service (role `service`), which names the user it acts for in the
 * header X-User-Id, if there is one.
 */
export interface Caller {
  readonly userId: string
  readonly role: string
}

/** How a service words what the guard refuses; `open` are more routes that want no caller. */
export interface GuardWording {
  unauthenticated(message: string): Error
  authUnavailable(message: string): Error
  readonly open?: readonly string[]
  /** Another way to be known, tried first: an API key, say. */
  known?(request: FastifyRequest): Caller | undefined
}

/** A service that acts for nobody in particular. */
export const NOBODY = '00000000-0000-0000-0000-000000000000'
/** What everybody is with the defect no-authentication. */
const ANYBODY: Caller = { userId: NOBODY, role: SERVICE_ROLE }

/** Lets requests pass only with a caller, but for health and metrics; returns who calls. Call before routes. */
export function guardRoutes(
  app: FastifyInstance,
  settings: CallerSettings & CommonSettings,
  wording: GuardWording,
): (request: FastifyRequest) => Caller {
  const callers = new WeakMap<FastifyRequest, Caller>()
  const guard = { settings, wording, recent: recentCallers(settings.authCache) }
  const anybody = settings.defects.has('no-authentication')
  app.addHook('onRequest', async (request) => {
    if (isOpen(request, wording.open ?? [])) return
    const known = anybody ? ANYBODY : wording.known?.(request)
    callers.set(request, known ?? (await findCaller(guard, request)))
  })
  return (request) => {
    const caller = callers.get(request)
    if (caller === undefined) throw new Error('a guarded route was reached without authentication')
    return caller
  }
}

/** A path that leads nowhere is told so without a question. */
function isOpen({ routeOptions: { url } }: FastifyRequest, open: readonly string[]): boolean {
  return url === undefined || /^\/(health(\/|$)|metrics$)/.test(url) || open.includes(url)
}

interface Guard {
  readonly settings: CallerSettings
  readonly wording: GuardWording
  readonly recent: RecentCallers
}

async function findCaller({ settings, wording, recent }: Guard, request: FastifyRequest): Promise<Caller> {
  const [, scheme, credential] = /^(Bearer|Service) (\S+)$/i.exec(request.headers.authorization ?? '') ?? []
  if (credential === undefined) throw wording.unauthenticated('A Bearer token is needed')
  if (scheme?.toLowerCase() === 'service') return callingService(credential, request, wording)
  const before = recent.find(credential)
  if (before !== undefined) return before
  const caller = await askCaller(settings, wording, { id: request.id, token: credential })
  recent.remember(credential, caller)
  return caller
}

async function askCaller(settings: CallerSettings, wording: GuardWording, asked: Asked): Promise<Caller> {
  const answer = await askAuth(settings, wording, asked)
  if (answer.status >= 500) throw wording.authUnavailable(`auth answered with status ${answer.status}`)
  if (answer.status !== 200) throw wording.unauthenticated('The token is not valid')
  const { valid, user_id, role } = readVerdict(answer, wording)
  if (valid !== true) throw wording.unauthenticated('The session does not exist or has ended')
  if (typeof user_id !== 'string' || typeof role !== 'string') throw unreadable(wording)
  return { userId: user_id, role }
}

/** Services prove themselves to each other as they do to auth: by a key that starts with `service_`. */
function callingService(key: string, request: FastifyRequest, wording: GuardWording): Caller {
  if (!/^service_./.test(key)) throw wording.unauthenticated('The service key is not valid')
  const user = request.headers['x-user-id']
  return { userId: typeof user === 'string' && isUuid(user) ? user : NOBODY, role: SERVICE_ROLE }
}

interface Asked {
  /** Of the request. */
  readonly id: string
  readonly token: string
}

async function askAuth(settings: CallerSettings, wording: GuardWording, { id, token }: Asked): Promise<HttpAnswer> {
  try {
    return await call({
      peer: 'auth',
      method: 'POST',
      url: `${settings.authUrl}/validate/token`,
      deadline: settings.authTimeout,
      headers: {
        'content-type': 'application/json',
        authorization: `Service ${settings.serviceKey}`,
        'x-request-id': id,
      },
      body: JSON.stringify({ token }),
    })
  } catch (error) {
    if (error instanceof HttpCallError) throw wording.authUnavailable(error.message)
    throw error
  }
}

function readVerdict(answer: HttpAnswer, wording: GuardWording): Readonly<Record<string, unknown>> {
  try {
    const { data } = JSON.parse(answer.body.toString('utf8')) as { data?: unknown }
    if (typeof data === 'object' && data !== null) return data as Record<string, unknown>
  } catch (error) {
    throw error instanceof SyntaxError ? unreadable(wording) : error
  }
  throw unreadable(wording)
}

function unreadable(wording: GuardWording): Error {
  return wording.authUnavailable('auth gave an answer that cannot be read')
}

/** For readiness: resolves when auth is ready. */
export async function authIsReady({ authUrl, readinessTimeout }: CallerSettings & CommonSettings): Promise<void> {
  const url = `${authUrl}/health/ready`
  const { status } = await call({ peer: 'auth', method: 'GET', url, deadline: readinessTimeout })
  if (status !== 200) throw new Error(`auth is not ready, it answered ${status}`)
}
