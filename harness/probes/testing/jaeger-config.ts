// A Jaeger for tests: it keeps a thousand traces in memory and takes them by OTLP over HTTP.

/** Listens on the ports Jaeger usually has, of this host alone. */
export function jaegerConfig(host: string): string {
  return `
service:
  extensions: [jaeger_storage, jaeger_query]
  pipelines: {traces: {receivers: [otlp], exporters: [jaeger_storage_exporter]}}
  telemetry: {metrics: {level: none}, logs: {level: warn}}
extensions:
  jaeger_storage: {backends: {memory: {memory: {max_traces: 1000}}}}
  jaeger_query: {storage: {traces: memory}, http: {endpoint: "${host}:16686"}, grpc: {endpoint: "${host}:16685"}}
receivers: {otlp: {protocols: {http: {endpoint: "${host}:4318"}}}}
exporters: {jaeger_storage_exporter: {trace_storage: memory}}`
}
