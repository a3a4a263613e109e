// Starts tracing: spans go in small batches to an OTLP/HTTP collector, whose absence must never hurt a request.
import { context, propagation, trace, type Tracer } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { setGlobalErrorHandler, W3CTraceContextPropagator } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'

/** Running tracing of this process. */
export interface Telemetry {
  readonly tracer: Tracer
  /** Sends what is left and stops; never rejects. */
  stop(): Promise<void>
}

/** How long an export may take (ms); short, so that a collector that hangs costs few spans. */
const EXPORT_TIMEOUT = 2000
const REPORT_EVERY = 30_000

/** Starts tracing for `service`; an empty `url` makes trace ids but sends nothing. `warn` hears of export failures. */
export function startTelemetry(service: string, url: string, warn: (message: string) => void): Telemetry {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager())
  propagation.setGlobalPropagator(new W3CTraceContextPropagator())
  setGlobalErrorHandler(reportNowAndThen(warn))
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.version': '1.0.0' }),
    spanProcessors: url === '' ? [] : [batches(url)],
  })
  trace.setGlobalTracerProvider(provider)
  return {
    tracer: provider.getTracer('tracseq'),
    stop: () => provider.shutdown().catch((error: unknown) => warn(`spans were lost at the end: ${String(error)}`)),
  }
}

function batches(url: string): BatchSpanProcessor {
  return new BatchSpanProcessor({
    exporter: new OTLPTraceExporter({ url, timeoutMillis: EXPORT_TIMEOUT }),
    scheduledDelayMillis: 200,
    exportTimeoutMillis: EXPORT_TIMEOUT + 500,
    maxQueueSize: 4096,
  })
}

function reportNowAndThen(warn: (message: string) => void): (error: unknown) => void {
  let silentUntil = 0
  return (error) => {
    if (Date.now() < silentUntil) return
    silentUntil = Date.now() + REPORT_EVERY
    warn(`spans could not be exported: ${error instanceof Error ? error.message : JSON.stringify(error)}`)
  }
}
