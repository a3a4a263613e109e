// An engine that can go away: a socket that leads to the real one until it is cut.
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Relay extends Disposable {
  /** As DOCKER_HOST names it. */
  readonly where: string
  /** Closes every connection; from now on nobody listens. */
  cut(): void
}

export async function relayTo(socket: string): Promise<Relay> {
  const directory = mkdtempSync(join(tmpdir(), 'relay-'))
  const path = join(directory, 'docker.sock')
  const open = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ path: socket, allowHalfOpen: true })
    for (const one of [near, far]) open.add(one.on('error', () => undefined).on('close', () => open.delete(one)))
    near.pipe(far).pipe(near)
  })
  server.listen(path)
  await once(server, 'listening')
  const cut = () => {
    server.close()
    open.forEach((one) => one.destroy())
    rmSync(path, { force: true })
  }
  return {
    where: `unix://${path}`,
    cut,
    [Symbol.dispose]: () => {
      cut()
      rmSync(directory, { recursive: true })
    },
  }
}
