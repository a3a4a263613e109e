// What to say to a server of which only the port is known, so that it answers whoever we are.

/**
 * short: the server answers a little and closes. long: as much as it can be made to say, and a long question too, so
 * that effects that count bytes show. stay: the server answers and waits for more, so that it is we who close.
 */
export type Manner = 'short' | 'long' | 'stay'

export type Protocol = 'postgres' | 'redis' | 'http'

export interface Hello {
  readonly protocol: Protocol
  readonly bytes: Buffer
  /** We say goodbye after the first answer, for the server will not. */
  readonly goodbye: boolean
}

/** Below what servers refuse: 8 190 bytes of header (Apache, Jetty), 10 000 of startup packet (Postgres). */
const PADDING = 'x'.repeat(6_000)
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])
const PROTOCOLS: Readonly<Record<number, Protocol>> = { 5432: 'postgres', 6379: 'redis' }

/** The protocol that is usual on the callee's port: 5432 Postgres, 6379 Redis, anything else HTTP. */
export function protocolOf(port: number): Protocol {
  return PROTOCOLS[port] ?? 'http'
}

/** The first words of an exchange with whatever listens on `port`. No credentials are needed and nothing is changed. */
export function helloFor(port: number, manner: Manner): Hello {
  const protocol = protocolOf(port)
  return { protocol, bytes: WORDS[protocol][manner](), goodbye: manner === 'stay' }
}

const WORDS: Readonly<Record<Protocol, Readonly<Record<Manner, () => Buffer>>>> = {
  postgres: {
    short: () => startup(''),
    // An unknown protocol option is named again in NegotiateProtocolVersion: the server repeats our padding.
    long: () => startup(`_pq_.${PADDING}\0\0`),
    stay: () => SSL_REQUEST,
  },
  redis: {
    short: () => Buffer.from('PING\r\nQUIT\r\n'),
    long: () => Buffer.from(`PING ${PADDING}\r\nQUIT\r\n`),
    stay: () => Buffer.from('PING\r\n'),
  },
  http: {
    short: () => Buffer.from('GET / HTTP/1.0\r\nHost: harness\r\nConnection: close\r\n\r\n'),
    // Nearly every service says more there than anywhere else, and says it to anybody.
    long: () =>
      Buffer.from(`GET /metrics HTTP/1.0\r\nHost: harness\r\nConnection: close\r\nX-Padding: ${PADDING}\r\n\r\n`),
    stay: () => Buffer.from('GET / HTTP/1.1\r\nHost: harness\r\n\r\n'),
  },
}

/** A StartupMessage of protocol 3.0 that names no user: every server answers with an ErrorResponse and closes. */
function startup(options: string): Buffer {
  const body = Buffer.from(`${options}\0`)
  const head = Buffer.alloc(8)
  head.writeInt32BE(head.length + body.length, 0)
  head.writeInt32BE(3 << 16, 4)
  return Buffer.concat([head, body])
}
