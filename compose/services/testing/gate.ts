// A TCP gate on one edge for live tests: open, slow, or a black hole that swallows bytes and says nothing.
import { once } from 'node:events'
import { createServer, connect, type Socket } from 'node:net'

/** One edge's gate. */
export interface Gate {
  /** Lets everything through; connections caught in a black hole are closed, as Toxiproxy does. */
  open(): void
  /** Swallows everything, on old and new connections. */
  swallow(): void
  /** Holds everything back for `ms`, each way. */
  delay(ms: number): void
  close(): Promise<void>
}

/** A TCP address. */
export interface Place {
  readonly host: string
  readonly port: number
}

/** Listens at `host:port` and passes connections on to `upstream`. */
export async function openGate(listen: Place, upstream: Place): Promise<Gate> {
  const sockets = new Set<Socket>()
  const state = { swallowing: false, lag: 0 }
  const server = createServer((client) => {
    const target = connect(upstream)
    sockets.add(client).add(target)
    pass(client, target, state)
    pass(target, client, state)
    for (const socket of [client, target]) socket.on('close', () => sockets.delete(socket))
  })
  const cut = (): void => sockets.forEach((socket) => socket.destroy())
  server.listen(listen.port, listen.host)
  await once(server, 'listening')
  return {
    delay: (ms) => {
      state.lag = ms
    },
    swallow: () => {
      state.swallowing = true
    },
    open: () => {
      if (state.swallowing) cut()
      Object.assign(state, { swallowing: false, lag: 0 })
    },
    close: async () => {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}

interface GateState {
  readonly swallowing: boolean
  readonly lag: number
}

function pass(from: Socket, to: Socket, state: GateState): void {
  from.on('data', (chunk) => {
    if (state.lag > 0) setTimeout(() => to.write(chunk), state.lag)
    else if (!state.swallowing) to.write(chunk)
  })
  from.on('error', () => to.destroy())
  from.on('close', () => to.destroy())
}
