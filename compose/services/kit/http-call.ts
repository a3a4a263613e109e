// Calls another service over HTTP with a deadline, trace context and errors a reader understands; bodies stay bytes.
import { context, propagation, SpanStatusCode, type Attributes } from '@opentelemetry/api'
import { Agent, request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http'
import { inClientSpan } from './span.ts'

/** One call; `peer` is the compose name of the callee, `deadline` covers everything up to the last byte (ms). */
export interface HttpCall {
  readonly peer: string
  readonly method: string
  readonly url: string
  readonly deadline: number
  readonly headers?: OutgoingHttpHeaders
  readonly body?: Buffer | string
  readonly spanName?: string
  readonly attributes?: Attributes
  /** False leaves out the trace context. */
  readonly propagate?: boolean
}

/** What came back. */
export interface HttpAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** Why there is no answer: no connection, too late, or a connection that broke. */
export type HttpFailure = 'connect' | 'timeout' | 'broken'

/** Thrown when a call brought no answer. */
export class HttpCallError extends Error {
  readonly failure: HttpFailure

  constructor(failure: HttpFailure, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'HttpCallError'
    this.failure = failure
  }
}

const agent = new Agent({ keepAlive: true, maxFreeSockets: 64 })

/** Makes one call in a CLIENT span; any status is an answer, no answer is an HttpCallError. Nothing is retried. */
export function call(wanted: HttpCall): Promise<HttpAnswer> {
  const attributes = {
    'peer.service': wanted.peer,
    'http.request.method': wanted.method,
    'server.address': placeOf(wanted.url).hostname,
    'url.path': placeOf(wanted.url).path.split('?', 1)[0],
    ...wanted.attributes,
  }
  return inClientSpan({ name: wanted.spanName ?? `${wanted.method} ${wanted.peer}`, attributes }, async (span) => {
    const answer = await send(wanted)
    span.setAttribute('http.response.status_code', answer.status)
    if (answer.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR, message: `status ${answer.status}` })
    return answer
  })
}

function send(wanted: HttpCall): Promise<HttpAnswer> {
  const headers: OutgoingHttpHeaders = { ...wanted.headers }
  if (wanted.propagate !== false) propagation.inject(context.active(), headers)
  if (wanted.body !== undefined) headers['content-length'] = Buffer.byteLength(wanted.body)
  return new Promise((resolve, reject) => {
    const request = httpRequest({ ...placeOf(wanted.url), method: wanted.method, headers, agent })
    const timer = setTimeout(() => giveUp(), wanted.deadline)
    const fail = (error: Error): void => {
      clearTimeout(timer)
      reject(readable(error, wanted))
    }
    const giveUp = (): void => {
      fail(tooLate(wanted))
      request.destroy()
    }
    request.on('error', fail)
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', fail)
      response.on('end', () => {
        clearTimeout(timer)
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) })
      })
    })
    request.end(wanted.body)
  })
}

/** The path is taken as it stands: making it canonical would let `..` step out of a prefix. */
function placeOf(url: string): { hostname: string; port: string; path: string } {
  const { hostname, port, origin } = new URL(url)
  return { hostname, port, path: url.slice(origin.length) }
}

function tooLate(wanted: HttpCall): HttpCallError {
  return new HttpCallError('timeout', `${wanted.peer} did not answer within ${wanted.deadline} ms`)
}

function readable(error: Error & { syscall?: string }, wanted: HttpCall): HttpCallError {
  if (error instanceof HttpCallError) return error
  const connecting = error.syscall === 'connect' || error.syscall === 'getaddrinfo'
  const what = connecting ? 'cannot be reached' : 'broke off the connection'
  return new HttpCallError(connecting ? 'connect' : 'broken', `${wanted.peer} ${what}: ${error.message}`, error)
}
