// A TLS handshake with a server, whoever it says it is, and whether it wants to know who we are.
import { connect as connectPlain } from 'node:net'
import type { Socket } from 'node:net'
import { once } from 'node:events'
import { connect } from 'node:tls'
import type { ConnectionOptions } from 'node:tls'
import { withDeadline } from '../../time/poll.ts'
import { helloFor, protocolOf } from '../edge-hello.ts'
import { firstWords } from './plain-words.ts'
import type { Place } from './plain-words.ts'

const WITHIN_MS = 3_000

export interface Hands {
  readonly tls: boolean
  readonly needsCertificate: boolean
}

/** What a server says that will not go on with somebody unknown, by TLS 1.3 or before. */
const UNKNOWN = /CERTIFICATE_REQUIRED|ALERT_HANDSHAKE_FAILURE|ALERT_BAD_CERTIFICATE|ALERT_UNKNOWN_CA/
const NO_TLS: Hands = { tls: false, needsCertificate: false }

/** By TLS 1.3 a server refuses only after the handshake: it counts as asking for a certificate when it goes without a word then. */
export async function shakeHands(place: Place): Promise<Hands> {
  const { host, port } = place.address
  const below = protocolOf(place.port) === 'postgres' ? await startTls(place) : undefined
  if (below === 'refused') return NO_TLS
  const whoever: ConnectionOptions = { rejectUnauthorized: false, ...(below === undefined ? { host, port } : { socket: below }) }
  const { connected, text, ended, code = '' } = await firstWords({ socket: connect(whoever), bytes: helloFor(place.port, 'short').bytes, after: 'secureConnect' }, place)
  if (!connected) return UNKNOWN.test(code) ? { tls: true, needsCertificate: true } : NO_TLS
  return { tls: true, needsCertificate: UNKNOWN.test(code) || (text === '' && ended !== undefined) }
}

/** PostgreSQL is asked plainly whether it will: the socket to go on with, or its no. */
async function startTls({ address, port, clock, signal }: Place): Promise<Socket | 'refused'> {
  const socket = connectPlain({ host: address.host, port: address.port })
  try {
    socket.write(helloFor(port, 'stay').bytes)
    const [answer] = (await withDeadline({ clock, signal, within: WITHIN_MS, what: 'an answer' }, () => once(socket, 'data'))) as [Buffer]
    if (answer.toString('latin1') === 'S') return socket
  } catch {
    signal.throwIfAborted()
  }
  socket.destroy()
  return 'refused'
}
