// Reads a trace as Jaeger's API v3 gives it: OTLP in JSON, with hexadecimal ids, enums by number or name, times in
// nanoseconds.
import { z } from 'zod'
import type { SpanFact } from '../model/evidence.ts'

const attributes = z
  .array(z.object({ key: z.string(), value: z.object({ stringValue: z.string().optional() }).nullish() }))
  .default([])
  .transform((pairs) => new Map(pairs.map(({ key, value }) => [key, value?.stringValue ?? ''])))
const nanoseconds = z.union([z.string().regex(/^\d{1,20}$/), z.number().int().min(0)]).transform(BigInt)
const span = z.object({
  traceId: z.string().default(''),
  spanId: z.string().min(1),
  parentSpanId: z.string().default(''),
  name: z.string().default(''),
  kind: z.union([z.string(), z.number()]).default(0),
  startTimeUnixNano: nanoseconds,
  endTimeUnixNano: nanoseconds,
  attributes,
  status: z.object({ code: z.union([z.string(), z.number()]).optional() }).nullish(),
})
const resourceSpans = z.object({
  resource: z.object({ attributes }).optional(),
  scopeSpans: z.array(z.object({ spans: z.array(span).default([]) })).default([]),
})

/** What `GET /api/v3/traces/{id}` answers. */
export const traceAnswer = z.object({ result: z.object({ resourceSpans: z.array(resourceSpans).default([]) }) })

type Attributes = z.infer<typeof attributes>
type OtlpSpan = z.infer<typeof span>

const KINDS: Readonly<Record<string, SpanFact['kind']>> = {
  2: 'server',
  3: 'client',
  4: 'producer',
  5: 'consumer',
  SPAN_KIND_SERVER: 'server',
  SPAN_KIND_CLIENT: 'client',
  SPAN_KIND_PRODUCER: 'producer',
  SPAN_KIND_CONSUMER: 'consumer',
}
const PEERS = ['peer.service', 'db.system.name', 'db.system', 'server.address', 'net.peer.name']
const NO_PARENT = /^0*$/

/** Every span once: an exporter that repeats itself after a lost answer must not make a trace look larger. */
export function spansOf({ result }: z.infer<typeof traceAnswer>): readonly SpanFact[] {
  return once(located(result).map(({ fact }) => fact))
}

/** The same by trace. */
export function tracesOf({ result }: z.infer<typeof traceAnswer>): ReadonlyMap<string, readonly SpanFact[]> {
  const byTrace = Map.groupBy(located(result), ({ trace }) => trace)
  return new Map([...byTrace].map(([trace, spans]) => [trace, once(spans.map(({ fact }) => fact))]))
}

function located(result: z.infer<typeof traceAnswer>['result']): readonly { readonly trace: string; readonly fact: SpanFact }[] {
  return result.resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = resource?.attributes.get('service.name') ?? ''
    return scopeSpans.flatMap(({ spans }) => spans.map((one) => ({ trace: one.traceId, fact: factOf(one, service) })))
  })
}

function once(facts: readonly SpanFact[]): readonly SpanFact[] {
  return [...new Map(facts.map((fact) => [fact.id, fact])).values()]
}

function factOf(one: OtlpSpan, service: string): SpanFact {
  const kind = KINDS[one.kind] ?? 'internal'
  return {
    id: one.spanId,
    parent: NO_PARENT.test(one.parentSpanId) ? '' : one.parentSpanId,
    service,
    name: one.name,
    kind,
    startMs: Number(one.startTimeUnixNano) / 1e6,
    ms: Number(one.endTimeUnixNano - one.startTimeUnixNano) / 1e6,
    error: one.status?.code === 2 || one.status?.code === 'STATUS_CODE_ERROR',
    peer: kind === 'client' || kind === 'producer' ? peerOf(one.attributes) : '',
  }
}

/** The callee an outgoing span names: peer.service, else the database system, else the server address. */
export function peerOf(attributes: Attributes): string {
  return PEERS.map((key) => attributes.get(key)).find(Boolean) ?? ''
}
