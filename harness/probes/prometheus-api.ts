// Prometheus as probes use it: its envelope, raw samples and range queries, in milliseconds and plain numbers.
import { z } from 'zod'
import { HarnessError } from '../errors.ts'
import type { PointSeries, Window } from '../model/evidence.ts'
import { excerpt, httpClient, parsedJson, type HttpReply, type HttpRequest } from './http-client.ts'
import type { ProbeContext } from './probe.ts'

/** Prometheus refuses a range query with more points than this per series. */
export const MOST_POINTS = 11_000

export interface RangeQuery {
  readonly query: string
  readonly window: Window
  readonly stepMs: number
  /** How old a sample may be and still count at a step; Prometheus's own setting (5m) when left out. */
  readonly lookbackMs?: number
}

export interface PrometheusApi {
  get<T>(path: string, shape: z.ZodType<T>, query?: Readonly<Record<string, string>>): Promise<T>
  /** Every raw sample in the window, both ends included, with the times at which it was taken. */
  samples(selector: string, window: Window): Promise<readonly PointSeries[]>
  range(query: RangeQuery): Promise<readonly PointSeries[]>
}

const envelope = z.object({
  status: z.literal('success'),
  data: z.unknown(),
  warnings: z.array(z.string()).default([]),
})
const refusal = z.object({ status: z.literal('error'), error: z.string() })
const matrix = z.object({
  resultType: z.literal('matrix'),
  result: z.array(
    z.object({
      metric: z.record(z.string(), z.string()),
      values: z.array(z.tuple([z.number(), z.string()])).default([]),
    }),
  ),
})

/**
 * Every call throws PROBE_UNREACHABLE when Prometheus does not answer, refuses, or says that it answered only in
 * part.
 */
export function prometheusOf({ rig, clock, signal }: ProbeContext): PrometheusApi {
  const http = httpClient({ name: 'Prometheus', base: rig.observer('prometheus'), clock, signal })
  const ask = async <T>(request: HttpRequest, shape: z.ZodType<T>) => {
    return unwrapped(request, await http.send(request), shape)
  }
  return {
    get: (path, shape, query = {}) => ask({ path, query }, shape),
    samples: async (selector, { from, to }) => {
      // A range selector leaves its left end out, so one more millisecond takes it in.
      const form = { query: `${selector}[${Math.ceil(to - from) + 1}ms]`, time: seconds(to) }
      return seriesOf(await ask({ path: '/api/v1/query', form }, matrix))
    },
    range: async ({ query, window, stepMs, lookbackMs }) => {
      const span = { start: seconds(window.from), end: seconds(window.to), step: seconds(stepMs) }
      const lookback: Record<string, string> = lookbackMs === undefined ? {} : { lookback_delta: seconds(lookbackMs) }
      return seriesOf(await ask({ path: '/api/v1/query_range', form: { query, ...span, ...lookback } }, matrix))
    },
  }
}

/**
 * The step to ask with: the one that is wanted, or a longer one where the window holds more points than Prometheus
 * gives.
 */
export function stepFor({ from, to }: Window, wantedMs: number): number {
  return Math.max(1, wantedMs, Math.ceil((to - from) / (MOST_POINTS - 1)))
}

function unwrapped<T>({ path }: HttpRequest, { status, body }: HttpReply, shape: z.ZodType<T>): T {
  const json = parsedJson(body)
  const refused = refusal.safeParse(json)
  if (refused.success) throw failed(`refused ${path} (${status}): ${refused.data.error}`)
  const whole = envelope.safeParse(json)
  if (status !== 200 || !whole.success) throw failed(`answered ${status} to ${path}: ${excerpt(body)}`)
  // Remarks on the query itself start with PromQL; any other warning says that data is left out.
  const partial = whole.data.warnings.find((warning) => !warning.startsWith('PromQL'))
  if (partial !== undefined) throw failed(`answered ${path} only in part: ${partial}`)
  const data = shape.safeParse(whole.data.data)
  if (data.success) return data.data
  throw failed(`gave an unexpected answer to ${path} at ${data.error.issues[0]?.path.join('.')}: ${excerpt(body)}`)
}

/** Whether Prometheus answered that it cannot make sense of the query, or not of its answer: asking again would not help. */
export function isRefusal(thrown: unknown): thrown is HarnessError {
  return thrown instanceof HarnessError && /^Prometheus refused \S+ \((400|422)\)/.test(thrown.message)
}

function failed(what: string): HarnessError {
  return new HarnessError('PROBE_UNREACHABLE', `Prometheus ${what}`)
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3)
}

function seriesOf({ result }: z.infer<typeof matrix>): readonly PointSeries[] {
  return result.map(({ metric, values }) => ({ labels: metric, points: values.flatMap(pointOf) }))
}

/**
 * NaN is no data and is left out; an infinity becomes the largest number, for evidence is JSON and must still
 * compare.
 */
function pointOf([time, text]: readonly [number, string]): readonly (readonly [number, number])[] {
  const value = numberOf(text)
  const bounded = Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value))
  return Number.isNaN(value) ? [] : [[Math.round(time * 1_000), bounded]]
}

/** A number as Prometheus writes it: `1.5`, `NaN`, `+Inf`. */
export function numberOf(text: string): number {
  if (text === '') return NaN
  return Number(text.replace(/Inf$/, 'Infinity'))
}
