// Hears a client out whose request is refused already: closed in its face, a connection takes the answer with it.
import type { FastifyRequest } from 'fastify'

/** How long (ms) and how many bytes somebody may go on sending what nobody reads. */
const PATIENCE = 5000
const MOST = 64 * 1024 * 1024

/** Resolves when the rest of the request has come in and gone, or the client has, or it takes too much. */
export function heardOut({ raw }: FastifyRequest): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  if (raw.complete || raw.destroyed) return Promise.resolve()
  const timer = setTimeout(resolve, PATIENCE)
  let bytes = 0
  raw.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > MOST) resolve()
  })
  for (const end of ['end', 'error', 'close'] as const) raw.once(end, () => resolve())
  raw.resume()
  return promise.finally(() => clearTimeout(timer))
}
