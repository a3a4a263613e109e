// Whether this machine can listen on an address right now.
import { createServer } from 'node:net'
import type { Address } from '../model/stack.ts'

/** Port 0 asks about the host alone. */
export function isFree({ host, port }: Address): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)))
  })
}
