// What the summary of k6 says of a load, in figures that can be compared.
import { readFile } from 'node:fs/promises'
import { z } from 'zod'

const summarySchema = z.object({
  metrics: z.object({
    http_reqs: z.object({ values: z.object({ count: z.number() }) }),
    http_req_duration: z.object({ values: z.object({ 'p(95)': z.number() }) }),
    http_req_failed: z.object({ values: z.object({ rate: z.number() }) }),
  }),
})

export interface Figures {
  readonly requests: number
  /** Milliseconds from sending a request to the last byte of its answer. */
  readonly p95: number
  /** Share of requests that were not answered as expected. */
  readonly failed: number
}

/** Of the summary that a scenario writes. Rejects when it can not be read or says nothing of requests. */
export async function figuresIn(summary: string): Promise<Figures> {
  const { metrics } = summarySchema.parse(JSON.parse(await readFile(summary, 'utf8')))
  const { http_reqs, http_req_duration, http_req_failed } = metrics
  return { requests: http_reqs.values.count, p95: http_req_duration.values['p(95)'], failed: http_req_failed.values.rate }
}
