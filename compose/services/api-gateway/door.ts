// Who may go through the gateway: whoever shows a token, which the service behind judges, or an API key known here.
import type { FastifyRequest } from 'fastify'
import type { OutgoingHttpHeaders } from 'node:http'
import { NOBODY } from '../kit/caller.ts'
import { Refusal } from '../kit/refusal.ts'
import type { Upstream } from '../kit/service-routes.ts'
import type { GatewaySettings } from './settings.ts'

/** Lets a request to a service in, with the headers that are to replace its own, or throws its refusal. */
export type Door = (request: FastifyRequest, service: Upstream) => OutgoingHttpHeaders

/** The door of the settings; auth says itself which of its routes need nobody. */
export function createDoor({ apiKeys, serviceKey, defects }: GatewaySettings): Door {
  const known = new Set(apiKeys)
  const open = defects.has('no-authentication')
  return (request, service) => {
    const { authorization = '' } = request.headers
    // A service key opens every service; it is not for the world outside.
    if (/^service\b/i.test(authorization)) throw unauthenticated('Services do not call each other through the gateway')
    const key = request.headers['x-api-key']
    // A machine acts for nobody, whatever else it says.
    if (typeof key === 'string' && known.has(key)) {
      return { authorization: `Service ${serviceKey}`, 'x-user-id': NOBODY }
    }
    if (open || service === 'auth' || authorization !== '' || key !== undefined) return {}
    throw unauthenticated('A Bearer token or an API key is needed')
  }
}

function unauthenticated(message: string): Refusal {
  return new Refusal(401, 'authentication_error', message)
}
