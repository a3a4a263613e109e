// Runs one piece of work inside a span, so that every call over an edge shows in the trace, failed ones too.
import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import type { Attributes, Link, Span } from '@opentelemetry/api'
import { suppressTracing } from '@opentelemetry/core'

/** A call over an edge: the span's name and its attributes. */
export interface Outgoing {
  readonly name: string
  readonly attributes: Attributes
}

/** Work that other traces led to, such as handling their messages. */
export interface LinkedWork extends Outgoing {
  readonly kind: SpanKind
  readonly links: readonly Link[]
}

/** Runs `work` in a CLIENT span; the span ends with it and carries its error. */
export function inClientSpan<T>(call: Outgoing, work: (span: Span) => Promise<T>): Promise<T> {
  return inLinkedSpan({ ...call, kind: SpanKind.CLIENT, links: [] }, work)
}

/** Runs `work` in a span that links to others; the span ends with it and carries its error. */
export async function inLinkedSpan<T>(wanted: LinkedWork, work: (span: Span) => Promise<T>): Promise<T> {
  const { name, kind, attributes, links } = wanted
  const span = trace.getTracer('tracseq').startSpan(name, { kind, attributes, links: [...links] })
  try {
    return await context.with(trace.setSpan(context.active(), span), work, undefined, span)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    span.recordException(error instanceof Error ? error : message)
    span.setStatus({ code: SpanStatusCode.ERROR, message })
    throw error
  } finally {
    span.end()
  }
}

/** The trace id of the request being served, when it is traced. */
export function activeTraceId(): string | undefined {
  const id = trace.getActiveSpan()?.spanContext().traceId
  return id === undefined || /^0+$/.test(id) ? undefined : id
}

/** Runs housekeeping without spans, which nobody would look for and everybody would see. */
export function untraced<T>(work: () => T): T {
  return context.with(suppressTracing(context.active()), work)
}

/** A trace context as it travels, or waits in a table. */
export type Carrier = Readonly<Record<string, string>>

/** The trace context of the work at hand, to be stored with what it leads to. */
export function carrier(): Carrier {
  const headers: Record<string, string> = {}
  propagation.inject(context.active(), headers)
  return headers
}

/** The link to the trace of a stored context; none when it was not traced. */
export function linksTo(stored: Carrier): Link[] {
  const span = trace.getSpanContext(propagation.extract(ROOT_CONTEXT, stored))
  return span === undefined ? [] : [{ context: span }]
}
