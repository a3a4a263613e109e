// The rules and intervals Prometheus has really loaded: what several probes have to know before they can read
// anything else.
import { parse } from 'yaml'
import { z } from 'zod'
import { parseDuration } from '../model/duration.ts'
import type { Recorded } from '../time/promql-reach.ts'
import type { PrometheusApi } from './prometheus-api.ts'

const DEFAULT_SCRAPE = '1m'
const labels = z.record(z.string(), z.string()).default({})
const judged = { name: z.string(), query: z.string(), health: z.string(), lastError: z.string().optional() }
const rule = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('alerting'),
    ...judged,
    duration: z.number(),
    keepFiringFor: z.number().default(0),
    labels,
  }),
  z.object({ type: z.literal('recording'), ...judged }),
])
const group = z.object({ name: z.string(), file: z.string(), interval: z.number(), rules: z.array(rule) })
const groups = z.object({ groups: z.array(group) })

/** A rule group as Prometheus reports it; `interval`, `duration` and `keepFiringFor` are seconds. */
export type LoadedGroup = z.infer<typeof group>

/** All rule groups, recording rules included. */
export async function loadedGroups(prometheus: PrometheusApi): Promise<readonly LoadedGroup[]> {
  return (await prometheus.get('/api/v1/rules', groups)).groups
}

/** The recording rules among them. */
export function recordsOf(groups: readonly LoadedGroup[]): readonly Recorded[] {
  return groups.flatMap(({ rules }) => rules.flatMap(({ type, name, query }) => (type === 'recording' ? [{ record: name, expr: query }] : [])))
}

const interval = z.string().default(DEFAULT_SCRAPE)
const config = z.object({
  global: z.object({ scrape_interval: interval }).default({ scrape_interval: DEFAULT_SCRAPE }),
  scrape_configs: z.array(z.object({ scrape_interval: z.string().optional() })).nullish(),
})

/** The longest scrape interval in use, in milliseconds. */
export async function scrapeMsOf(prometheus: PrometheusApi): Promise<number> {
  const { yaml } = await prometheus.get('/api/v1/status/config', z.object({ yaml: z.string() }))
  return longestScrape(yaml)
}

/** Of a Prometheus configuration: the longest interval of its scrape jobs; the global one where there is none. */
export function longestScrape(yaml: string): number {
  const { global, scrape_configs } = config.parse(parse(yaml) ?? {})
  const jobs = (scrape_configs ?? []).map((job) => parseDuration(job.scrape_interval ?? global.scrape_interval))
  return jobs.length > 0 ? Math.max(...jobs) : parseDuration(global.scrape_interval)
}
