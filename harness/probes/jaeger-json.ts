// Reads a trace as Jaeger's old API gives it, for servers without API v3: microseconds, tags, processes.
import { z } from 'zod'
import type { SpanFact } from '../model/evidence.ts'
import { peerOf } from './otlp.ts'

const span = z.object({
  spanID: z.string().min(1),
  operationName: z.string().default(''),
  references: z.array(z.object({ refType: z.string(), spanID: z.string() })).nullish(),
  startTime: z.number(),
  duration: z.number(),
  tags: z.array(z.object({ key: z.string(), value: z.unknown() })).nullish(),
  processID: z.string().default(''),
})

/** What `GET /api/traces/{id}` answers. */
export const legacyAnswer = z.object({
  data: z.array(
    z.object({
      spans: z.array(span),
      processes: z.record(z.string(), z.object({ serviceName: z.string() })).default({}),
    }),
  ),
})

const KINDS: readonly SpanFact['kind'][] = ['server', 'client', 'producer', 'consumer']

/** Every span once. */
export function legacySpansOf({ data }: z.infer<typeof legacyAnswer>): readonly SpanFact[] {
  const facts = data.flatMap(({ spans, processes }) =>
    spans.map((one): SpanFact => {
      const tags = new Map((one.tags ?? []).map(({ key, value }) => [key, String(value)]))
      const kind = KINDS.find((known) => known === tags.get('span.kind')) ?? 'internal'
      return {
        id: one.spanID,
        parent: one.references?.find(({ refType }) => refType === 'CHILD_OF')?.spanID ?? '',
        service: processes[one.processID]?.serviceName ?? '',
        name: one.operationName,
        kind,
        startMs: one.startTime / 1_000,
        ms: one.duration / 1_000,
        error: tags.get('error') === 'true' || tags.get('otel.status_code') === 'ERROR',
        peer: kind === 'client' || kind === 'producer' ? peerOf(tags) : '',
      }
    }),
  )
  return [...new Map(facts.map((fact) => [fact.id, fact])).values()]
}
