// Takes what notification sends, for live tests, and answers as it is told.
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'

/** Instead of a status: no answer at all. */
export const SILENT = 0

/** One message that arrived. */
export interface Arrived {
  /** `slack`, `email` and so on. */
  readonly channel: string
  readonly key: string
  readonly body: Readonly<Record<string, unknown>>
}

/** A running sink. */
export interface Sink {
  readonly url: string
  readonly arrived: readonly Arrived[]
  /** From now on it answers this status to what comes on a channel. */
  answer(channel: string, status: number): void
  close(): Promise<void>
}

/** Listens at `host`:9900. */
export async function startSink(host: string): Promise<Sink> {
  const arrived: Arrived[] = []
  const answers = new Map<string, number>()
  const server = createServer((request, response) => {
    void textOf(request).then((text) => {
      const channel = (request.url ?? '/').slice(1)
      const status = answers.get(channel) ?? 200
      const body = JSON.parse(text) as Arrived['body']
      arrived.push({ channel, key: String(request.headers['idempotency-key']), body })
      if (status !== SILENT) response.writeHead(status, { 'retry-after': '0' }).end()
    })
  })
  server.listen(9900, host)
  await once(server, 'listening')
  return {
    url: `http://${host}:9900`,
    arrived,
    answer: (channel, status) => void answers.set(channel, status),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
