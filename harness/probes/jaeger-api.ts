// One trace by its id, from whichever of its two APIs a Jaeger speaks.
import { z } from 'zod'
import { HarnessError } from '../errors.ts'
import type { SpanFact } from '../model/evidence.ts'
import { excerpt, httpClient, parsedJson, type HttpReply } from './http-client.ts'
import { legacyAnswer, legacySpansOf } from './jaeger-json.ts'
import { spansOf, traceAnswer, tracesOf } from './otlp.ts'
import type { ProbeContext } from './probe.ts'

/** The spans of a trace, none when Jaeger answers that it does not have it. No usable answer is PROBE_UNREACHABLE. */
export type FetchTrace = (id: string, timeoutMs: number) => Promise<readonly SpanFact[]>

/** A search reads many traces. */
const SEARCH_MS = 15_000

const refusal = z.union([z.object({ error: z.unknown() }), z.object({ errors: z.array(z.unknown()) })])

/**
 * API v3 is asked first, with its adjusters off: they move times to hide clock skew. Where it does not exist, the old
 * API is asked.
 */
export function fetchTraceFrom({ rig, clock, signal }: ProbeContext): FetchTrace {
  const http = httpClient({ name: 'Jaeger', base: rig.observer('jaeger'), clock, signal })
  return async (id, timeoutMs) => {
    const name = encodeURIComponent(id)
    const reply = await http.send({ path: `/api/v3/traces/${name}`, query: { raw_traces: 'true' }, timeoutMs })
    if (speaksV3(reply)) return spansIn(reply, (json) => spansOf(traceAnswer.parse(json)))
    const old = await http.send({ path: `/api/traces/${name}`, query: { raw: 'true' }, timeoutMs })
    return spansIn(old, (json) => legacySpansOf(legacyAnswer.parse(json)))
  }
}

/** A server without API v3 answers its path with a bare 404, or with the page of its user interface. */
function speaksV3({ status, body }: HttpReply): boolean {
  if (status === 404) return refusal.safeParse(parsedJson(body)).success
  return status !== 200 || !body.trimStart().startsWith('<')
}

export interface TraceSearch {
  readonly service: string
  readonly from: number
  readonly to: number
  /** The most traces that are wanted. */
  readonly most: number
  /** Attributes that some span of the service carries. */
  readonly attributes?: Readonly<Record<string, string>>
}

/** All spans of the newest traces that a service took part in, by API v3; none when there is no such trace. */
export async function searchSpans(context: ProbeContext, search: TraceSearch): Promise<readonly SpanFact[]> {
  return readIn(await searched(context, search), (json) => spansOf(traceAnswer.parse(json))) ?? []
}

/** The same by trace. */
export async function searchTraces(context: ProbeContext, search: TraceSearch): Promise<ReadonlyMap<string, readonly SpanFact[]>> {
  return readIn(await searched(context, search), (json) => tracesOf(traceAnswer.parse(json))) ?? new Map()
}

function searched({ rig, clock, signal }: ProbeContext, search: TraceSearch): Promise<HttpReply> {
  const http = httpClient({ name: 'Jaeger', base: rig.observer('jaeger'), clock, signal })
  const query = {
    'query.service_name': search.service,
    'query.start_time_min': new Date(search.from).toISOString(),
    'query.start_time_max': new Date(search.to).toISOString(),
    'query.num_traces': String(search.most),
    'query.raw_traces': 'true',
    ...(search.attributes && { 'query.attributes': JSON.stringify(search.attributes) }),
  }
  return http.send({ path: '/api/v3/traces', query, timeoutMs: SEARCH_MS })
}

function spansIn(reply: HttpReply, read: (json: unknown) => readonly SpanFact[]): readonly SpanFact[] {
  return readIn(reply, read) ?? []
}

/** Undefined when Jaeger answers that it has nothing. */
function readIn<T>({ status, body }: HttpReply, read: (json: unknown) => T): T | undefined {
  const json = parsedJson(body)
  if (status === 404 && refusal.safeParse(json).success) return undefined
  if (status !== 200) throw new HarnessError('PROBE_UNREACHABLE', `Jaeger answered ${status}: ${excerpt(body)}`)
  try {
    return read(json)
  } catch (cause) {
    throw new HarnessError('PROBE_UNREACHABLE', `Jaeger gave an unexpected answer: ${excerpt(body)}`, { cause })
  }
}
