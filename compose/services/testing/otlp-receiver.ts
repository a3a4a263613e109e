// Receives OTLP/HTTP JSON spans for live tests and keeps them to be asked about.
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'

/** A span as the tests look at it. */
export interface SeenSpan {
  readonly service: string
  readonly name: string
  readonly kind: number
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId: string
  readonly failed: boolean
  readonly attributes: Readonly<Record<string, unknown>>
  /** The spans of other traces that led to it. */
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[]
}

/** A running receiver. */
export interface OtlpReceiver {
  readonly url: string
  trace(traceId: string): SeenSpan[]
  /** The spans that a trace led to. */
  linkedTo(traceId: string): SeenSpan[]
  close(): Promise<void>
}

type Value = Readonly<Record<string, unknown>>
interface Attribute {
  readonly key: string
  readonly value: Value
}
interface WireSpan extends Omit<SeenSpan, 'attributes'> {
  readonly attributes: readonly Attribute[]
  readonly status: { readonly code?: number }
}
interface Export {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] }
    readonly scopeSpans: readonly { readonly spans: readonly WireSpan[] }[]
  }[]
}

/** Listens at `host`:4318. */
export async function startOtlpReceiver(host: string): Promise<OtlpReceiver> {
  const spans: SeenSpan[] = []
  const server = createServer((request, response) => {
    void textOf(request).then((text) => {
      spans.push(...read(JSON.parse(text) as Export))
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  server.listen(4318, host)
  await once(server, 'listening')
  return {
    url: `http://${host}:4318/v1/traces`,
    trace: (traceId) => spans.filter((span) => span.traceId === traceId),
    linkedTo: (traceId) => spans.filter(({ links }) => links.some((link) => link.traceId === traceId)),
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

function plain(attributes: readonly Attribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))
}

function read({ resourceSpans }: Export): SeenSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = String(plain(resource.attributes)['service.name'])
    const wire = scopeSpans.flatMap(({ spans }) => spans)
    return wire.map((span) => ({
      ...span,
      service,
      failed: span.status.code === 2,
      parentSpanId: span.parentSpanId ?? '',
      links: span.links ?? [],
      attributes: plain(span.attributes),
    }))
  })
}
