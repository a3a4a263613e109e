// The one way probes speak HTTP: bounded in time and size, never through a proxy of the environment, with errors
// people can read.
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import axios from 'axios'
import type { z } from 'zod'
import { HarnessError, messageOf } from '../errors.ts'
import type { Clock } from '../time/clock.ts'
import { withDeadline } from '../time/poll.ts'

const TIMEOUT_MS = 5_000
const LARGEST_ANSWER = 64 * 1_024 * 1_024

export interface HttpSource {
  /** As messages name it: Prometheus, Jaeger. */
  readonly name: string
  /** Base URL without a trailing slash. */
  readonly base: string
  readonly clock: Clock
  readonly signal: AbortSignal
}

export interface HttpRequest {
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  /** GET when left out, POST with a form or JSON. */
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as a form. */
  readonly form?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly json?: unknown
  /** Until the last byte of the answer; 5 s when left out. */
  readonly timeoutMs?: number
}

export interface HttpReply {
  readonly status: number
  readonly body: string
}

export interface HttpClient {
  /** Any status is an answer. No answer is PROBE_UNREACHABLE; an abort is thrown as it is. */
  send(request: HttpRequest): Promise<HttpReply>
  /** Only 200 with JSON of this shape is an answer; anything else is PROBE_UNREACHABLE. */
  json<T>(request: HttpRequest, shape: z.ZodType<T>): Promise<T>
}

// No keep-alive: an idle socket would hold the process open, and each request has to prove that the source still
// accepts connections.
const wire = axios.create({
  adapter: 'http',
  proxy: false,
  httpAgent: new HttpAgent({ keepAlive: false }),
  httpsAgent: new HttpsAgent({ keepAlive: false }),
  maxRedirects: 0,
  maxContentLength: LARGEST_ANSWER,
  responseType: 'text',
  transformResponse: (body: unknown) => body,
  validateStatus: () => true,
})

export function httpClient(source: HttpSource): HttpClient {
  const send = (request: HttpRequest) => ask(source, request)
  return { send, json: async (request, shape) => shaped({ source, request, reply: await send(request) }, shape) }
}

async function ask(source: HttpSource, request: HttpRequest): Promise<HttpReply> {
  const within = request.timeoutMs ?? TIMEOUT_MS
  try {
    return await withDeadline({ clock: source.clock, within, signal: source.signal, what: source.name }, (signal) =>
      exchange(source.base, request, signal),
    )
  } catch (thrown) {
    source.signal.throwIfAborted()
    throw unreachable(source, `did not answer ${named(request)}: ${reasonOf(thrown, within)}`)
  }
}

async function exchange(base: string, request: HttpRequest, signal: AbortSignal): Promise<HttpReply> {
  const { path, query, headers, json, form } = request
  const asked = { url: `${base}${path}`, method: methodOf(request), params: query, headers: { ...headers }, signal }
  const body = form === undefined ? json !== undefined && { data: json } : { data: new URLSearchParams(form) }
  const { status, data } = await wire.request<unknown>({ ...asked, ...body })
  return { status, body: typeof data === 'string' ? data : '' }
}

interface Exchange {
  readonly source: HttpSource
  readonly request: HttpRequest
  readonly reply: HttpReply
}

function shaped<T>({ source, request, reply: { status, body } }: Exchange, shape: z.ZodType<T>): T {
  if (status !== 200) throw unreachable(source, `answered ${status} to ${named(request)}: ${excerpt(body)}`)
  const parsed = shape.safeParse(parsedJson(body))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const where = issue && issue.path.length > 0 ? ` at ${issue.path.join('.')}` : ''
  throw unreachable(source, `gave an unexpected answer to ${named(request)}${where}: ${excerpt(body)}`)
}

function unreachable({ name, base }: HttpSource, what: string): HarnessError {
  return new HarnessError('PROBE_UNREACHABLE', `${name} at ${withoutCredentials(base)} ${what}`)
}

function methodOf({ method, form, json }: HttpRequest): string {
  return method ?? (form === undefined && json === undefined ? 'GET' : 'POST')
}

function named(request: HttpRequest): string {
  return `${methodOf(request)} ${request.path}`
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was closed before the answer was complete',
  ENOTFOUND: 'no such host',
  EHOSTUNREACH: 'no route to the host',
  ETIMEDOUT: 'connecting took too long',
}

function reasonOf(thrown: unknown, within: number): string {
  const late = thrown instanceof HarnessError && thrown.code === 'DEADLINE'
  if (late) return `no complete answer within ${within / 1_000} s`
  return (axios.isAxiosError(thrown) && REASONS[thrown.code ?? '']) || messageOf(thrown)
}

/** Undefined for what is not JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The first line's worth of an answer, for messages. */
export function excerpt(body: string): string {
  const line = body.replaceAll(/\s+/g, ' ').trim()
  return line === '' ? '(empty body)' : line.length > 200 ? `${line.slice(0, 200)}...` : line
}

function withoutCredentials(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//')
}
