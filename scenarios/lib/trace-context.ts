// Identifiers the load invents: trace ids it later follows into the tracing backend, and unique operation ids.

export interface TraceContext {
  /** 32 hex digits. */
  readonly trace: string
  /** The header that carries it (W3C trace context), sampled. */
  readonly traceparent: string
}

/** A new trace whose root is the load itself. */
export function newTrace(): TraceContext {
  const trace = randomHex(16)
  return { trace, traceparent: `00-${trace}-${randomHex(8)}-01` }
}

export function randomHex(bytes: number): string {
  const random = crypto.getRandomValues(new Uint8Array(bytes))
  return Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
