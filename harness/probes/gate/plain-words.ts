// A plain question to a server, and whether it is answered as if that were all right.
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { HarnessError } from '../../errors.ts'
import type { Address } from '../../model/stack.ts'
import type { Clock } from '../../time/clock.ts'
import { helloFor, protocolOf } from '../edge-hello.ts'
import type { Protocol } from '../edge-hello.ts'

const PATIENCE_MS = 3_000

export interface Place {
  readonly address: Address
  /** By which its protocol is known. */
  readonly port: number
  readonly clock: Clock
  readonly signal: AbortSignal
}

/** Throws PROBE_UNREACHABLE where nobody listens. */
export async function speakPlainly({ address, port, ...place }: Place): Promise<boolean> {
  const protocol = protocolOf(port)
  const socket = connect({ host: address.host, port: address.port })
  const bytes = protocol === 'postgres' ? startupOfSomebody() : helloFor(port, 'short').bytes
  const { connected, text } = await firstWords({ socket, bytes }, place)
  if (!connected) throw new HarnessError('PROBE_UNREACHABLE', `nobody listens on ${address.host}:${address.port}`)
  return ANSWERED[protocol](text)
}

/** A server that only says that it wants TLS has not answered. */
const ANSWERED: Readonly<Record<Protocol, (text: string) => boolean>> = {
  http: (text) => /^HTTP\/\d/.test(text) && !(/^HTTP\/\S+ 400/.test(text) && /https|tls|ssl/i.test(text)),
  redis: (text) => /^[+-]/.test(text),
  postgres: (text) => text !== '' && !/encryption|SSL off/i.test(text),
}

/** A user must be named, or the server says no before it looks whether the way is encrypted. */
function startupOfSomebody(): Buffer {
  const body = Buffer.from('user\0harness\0database\0harness\0\0')
  const head = Buffer.alloc(8)
  head.writeInt32BE(head.length + body.length, 0)
  head.writeInt32BE(3 << 16, 4)
  return Buffer.concat([head, body])
}

export interface Words {
  readonly connected: boolean
  /** Until the other side has nothing more to say, or our patience ends. */
  readonly text: string
  /** How the connection ended, if it did. */
  readonly ended?: 'closed' | 'broken'
  /** The code of what broke it. */
  readonly code?: string
}

export interface Speech {
  readonly socket: Socket
  readonly bytes: Buffer
  /** The event after which we speak: connect when left out. */
  readonly after?: string
}

/** Says it, and listens. Only an abort is thrown. */
export async function firstWords({ socket, bytes, after = 'connect' }: Speech, { clock, signal }: Pick<Place, 'clock' | 'signal'>): Promise<Words> {
  const done = new AbortController()
  const late = clock.sleep(PATIENCE_MS, AbortSignal.any([signal, done.signal])).then(() => ({}))
  try {
    let text = ''
    let connected = false
    socket.once(after, () => {
      connected = true
      socket.write(bytes)
    })
    socket.on('data', (data: Buffer) => (text += data.toString('latin1')))
    const how = await Promise.race([endOf(socket), late])
    return { connected, text, ...how }
  } finally {
    done.abort()
    // what comes after the end is nobody's concern
    late.catch(() => undefined)
    socket.destroy()
  }
}

function endOf(socket: Socket): Promise<Pick<Words, 'ended' | 'code'>> {
  return new Promise((resolve) => {
    socket.on('error', (error: NodeJS.ErrnoException) => resolve({ ended: 'broken', code: error.code ?? error.message }))
    socket.on('end', () => resolve({ ended: 'closed' }))
    socket.on('close', () => resolve({ ended: 'closed' }))
  })
}
