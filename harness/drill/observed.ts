// What the monitoring of a stack is configured to do, as files say it: rules, receivers, scrape interval, at any acceleration.
import { z } from 'zod'
import type { Channel } from '../model/criterion.ts'
import { durationSchema, parseDuration } from '../model/duration.ts'
import { locate } from '../model/located.ts'
import type { Problem } from '../model/problem.ts'
import { alertmanagerSchema, channelsOf, receiverFacts, routeOf } from '../model/route.ts'
import type { Route } from '../model/route.ts'
import { readWith } from '../model/schema-problems.ts'
import type { ReceiverFact } from '../model/evidence.ts'
import { accelerateAlertmanagerConfig, acceleratePrometheusConfig, accelerateRules } from '../time/acceleration.ts'
import { readRules } from './read-rules.ts'
import type { AlertRule, RuleText } from './read-rules.ts'

/** Prometheus' own defaults. */
const MINUTE = '1m' as const
const interval = durationSchema.default(MINUTE)
const prometheusSchema = z.object({
  global: z
    .object({ scrape_interval: interval, evaluation_interval: interval })
    .default({ scrape_interval: MINUTE, evaluation_interval: MINUTE }),
  scrape_configs: z.array(z.object({ scrape_interval: durationSchema.optional() })).nullish(),
})

/** The texts as shipped. */
export interface ObserverTexts {
  readonly rules: readonly RuleText[]
  readonly alertmanager: RuleText
  readonly prometheus: RuleText
}

/** Times in real milliseconds. */
export interface Observed {
  readonly rules: readonly AlertRule[]
  /** Names of recording rules. */
  readonly recordings: readonly string[]
  readonly route: Route
  readonly receivers: readonly ReceiverFact[]
  /** Names under `receivers:`, used by a route or not. */
  readonly receiverNames: readonly string[]
  /** By what each of them is told. */
  readonly channels: Readonly<Record<string, readonly Channel[]>>
  /** Between two scrapes of the target that is scraped least often. */
  readonly scrapeMs: number
  /** Between two scrapes of the one that is scraped most often. */
  readonly leastScrapeMs: number
}

export interface ObservedRead {
  /** There only when there is no problem. */
  readonly observed?: Observed
  readonly problems: readonly Problem[]
}

/** Reads the configuration of the observers, with every duration divided as the run will divide it. */
export function readObserved(shipped: ObserverTexts, acceleration = 1): ObservedRead {
  const { rules, alertmanager, prometheus } = accelerated(shipped, acceleration)
  const watch = readWith(prometheusSchema, locate(prometheus.file, prometheus.text))
  const tell = readWith(alertmanagerSchema, locate(alertmanager.file, alertmanager.text))
  const evaluation = watch.value?.global.evaluation_interval ?? MINUTE
  const read = readRules(rules, parseDuration(evaluation))
  const problems = [...watch.problems, ...tell.problems, ...read.problems]
  if (problems.length > 0 || !watch.value || !tell.value) return { problems }
  const route = routeOf(tell.value)
  const observed: Observed = {
    rules: read.rules,
    recordings: read.recordings,
    route,
    receivers: receiverFacts(route),
    receiverNames: tell.value.receivers.map(({ name }) => name),
    channels: channelsOf(tell.value),
    scrapeMs: Math.max(...scrapesOf(watch.value)),
    leastScrapeMs: Math.min(...scrapesOf(watch.value)),
  }
  return { observed, problems }
}

function accelerated({ rules, alertmanager, prometheus }: ObserverTexts, n: number): ObserverTexts {
  if (n === 1) return { rules, alertmanager, prometheus }
  return {
    rules: rules.map(({ file, text }) => ({ file, text: accelerateRules(text, n).text })),
    alertmanager: { file: alertmanager.file, text: accelerateAlertmanagerConfig(alertmanager.text, n).text },
    prometheus: { file: prometheus.file, text: acceleratePrometheusConfig(prometheus.text, n).text },
  }
}

function scrapesOf({ global, scrape_configs: jobs }: z.output<typeof prometheusSchema>): readonly number[] {
  return [global.scrape_interval, ...(jobs ?? []).flatMap((job) => job.scrape_interval ?? [])].map(parseDuration)
}
