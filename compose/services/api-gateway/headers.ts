// Says which headers travel through the gateway, in both directions.
import type { FastifyRequest } from 'fastify'
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'

/** Headers that belong to one connection, or that are set anew on each leg. */
const NOT_PASSED = new Set(
  (
    'connection keep-alive proxy-authenticate proxy-authorization te trailer transfer-encoding upgrade ' +
    'host content-length expect x-request-id traceparent tracestate'
  ).split(' '),
)

/** The headers a service gets for a client's request. */
export function upstreamHeaders(request: FastifyRequest): OutgoingHttpHeaders {
  return {
    ...passed(request.headers),
    'x-request-id': request.id,
    'x-forwarded-for': request.ip,
    'x-forwarded-proto': request.protocol,
    'x-forwarded-host': request.headers.host ?? '',
  }
}

/** The headers a client gets of a service's answer. */
export function clientHeaders(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return passed(headers)
}

function passed(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const named = String(headers.connection ?? '').toLowerCase().split(',').map((name) => name.trim())
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_PASSED.has(name) && !named.includes(name)))
}
