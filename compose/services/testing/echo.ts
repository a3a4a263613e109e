// Stands in for a service behind the gateway in live tests: it answers with what it was asked.
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'

/** A call as it came in. */
export interface Echoed {
  readonly what: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A running stand-in. */
export interface Echo {
  readonly base: string
  readonly seen: readonly Echoed[]
  /** From now on it is not well. */
  fall(): void
  rise(): void
  close(): Promise<void>
}

/** Listens at `host:port`. */
export async function echo(host: string, port: number): Promise<Echo> {
  const seen: Echoed[] = []
  let status = 200
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8')
      const echoed = { what: `${request.method} ${request.url}`, headers: request.headers, body }
      seen.push(echoed)
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(echoed))
    })
  })
  server.listen(port, host)
  await once(server, 'listening')
  return {
    base: `http://${host}:${port}`,
    seen,
    fall: () => void (status = 500),
    rise: () => void (status = 200),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
