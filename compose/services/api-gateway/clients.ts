// Says whose limit a request counts against: a user's once a service has accepted the token, before that the address's.
import type { FastifyRequest } from 'fastify'
import { createHash } from 'node:crypto'

/** The client of a request, as the limiter names it. */
export interface ClientName {
  readonly name: string
  readonly kind: 'user' | 'ip'
}

/** Remembers which tokens the services accepted. */
export interface Clients {
  nameOf(request: FastifyRequest, now: number): ClientName
  /** Learns from a service's answer to a request. */
  learn(request: FastifyRequest, status: number, now: number): void
}

/** The documented token cache: this many, this long (ms). */
const MAX_TOKENS = 10_000
const TOKEN_LIFE = 300_000

/** Creates an empty memory. An unproven token opens no limit of its own, or random tokens would escape every limit. */
export function createClients(apiKeys: readonly string[] = []): Clients {
  const accepted = new Map<string, number>()
  const keys = new Set(apiKeys)
  return {
    nameOf: (request, now) => {
      const key = request.headers['x-api-key']
      if (typeof key === 'string' && keys.has(key)) return { name: `key:${hashOf(key)}`, kind: 'user' }
      const token = tokenOf(request)
      const known = token !== undefined && (accepted.get(token) ?? 0) > now
      return known ? { name: `user:${token}`, kind: 'user' } : { name: `ip:${request.ip}`, kind: 'ip' }
    },
    learn: (request, status, now) => {
      const token = tokenOf(request)
      if (token === undefined || status >= 500) return
      accepted.delete(token)
      if (status === 401) return
      accepted.set(token, now + TOKEN_LIFE)
      const oldest = accepted.keys().next().value
      if (accepted.size > MAX_TOKENS && oldest !== undefined) accepted.delete(oldest)
    },
  }
}

function tokenOf(request: FastifyRequest): string | undefined {
  const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  return token === undefined ? undefined : hashOf(token)
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}
