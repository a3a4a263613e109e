// Asks the auth service who calls; no answer from auth is never taken for a yes.
import type { FastifyRequest } from 'fastify'
import { call, HttpCallError, type HttpAnswer } from '../kit/http-call.ts'
import { refuse } from './refusals.ts'
import type { SampleSettings } from './settings.ts'

/** The user on whose behalf a request is served. */
export interface Caller {
  readonly userId: string
  readonly role: string
}

/** Finds the caller of a request; throws authentication_error or external_service_error. */
export async function findCaller(settings: SampleSettings, request: FastifyRequest): Promise<Caller> {
  const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (token === undefined) throw refuse('authentication_error', 'A Bearer token is needed')
  const answer = await askAuth(settings, request.id, token)
  if (answer.status >= 500) throw refuse('external_service_error', `auth answered with status ${answer.status}`)
  if (answer.status !== 200) throw refuse('authentication_error', 'The token is not valid')
  const { valid, user_id, role } = readVerdict(answer)
  if (valid !== true) throw refuse('authentication_error', 'The session does not exist or has ended')
  if (typeof user_id !== 'string' || typeof role !== 'string') throw unreadable()
  return { userId: user_id, role }
}

async function askAuth(settings: SampleSettings, requestId: string, token: string): Promise<HttpAnswer> {
  try {
    return await call({
      peer: 'auth',
      method: 'POST',
      url: `${settings.authUrl}/validate/token`,
      deadline: settings.authTimeout,
      headers: {
        'content-type': 'application/json',
        authorization: `Service ${settings.serviceKey}`,
        'x-request-id': requestId,
      },
      body: JSON.stringify({ token }),
    })
  } catch (error) {
    if (error instanceof HttpCallError) throw refuse('external_service_error', error.message)
    throw error
  }
}

function readVerdict(answer: HttpAnswer): Readonly<Record<string, unknown>> {
  try {
    const { data } = JSON.parse(answer.body.toString('utf8')) as { data?: unknown }
    if (typeof data === 'object' && data !== null) return data as Record<string, unknown>
  } catch (error) {
    throw error instanceof SyntaxError ? unreadable() : error
  }
  throw unreadable()
}

function unreadable(): Error {
  return refuse('external_service_error', 'auth gave an answer that cannot be read')
}
