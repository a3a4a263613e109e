// `--accelerate N` for the files of the observers: the same rules and routes, with every duration divided by N.
import { type Duration, formatDuration, parseDuration } from '../model/duration.ts'
import {
  closeDraft,
  type Draft,
  lengthAt,
  openDraft,
  type Path,
  replaceAt,
  scaleAt,
  textAt,
} from './accelerate-document.ts'
import {
  type Accelerated,
  accelerateMs,
  accelerateWithFloor,
  FLOOR_MS,
  type Floor,
  mustBeFactor,
} from './accelerate-duration.ts'
import { accelerateQuery } from './accelerate-promql.ts'

export { type Accelerated, accelerateDuration, accelerateMs, type Floor } from './accelerate-duration.ts'

/** Prometheus' own defaults (config.go): used where a file is silent. */
const SCRAPE_INTERVAL = '1m'
const SCRAPE_TIMEOUT = '10s'
const EVALUATION_INTERVAL = '1m'

/**
 * Real seconds that some exporters take for one answer, however fast time runs, by job name. postgres_exporter sleeps
 * for one whole second before it says that PostgreSQL refuses (measured: 1.001 s, 0.11.1; server.go GetServer): scraped
 * with less patience it would look down itself, and pg_up == 0 would never be seen.
 */
export const OWN_PACE: Readonly<Record<string, Duration>> = { 'postgres-exporter': '1500ms' }

/**
 * Scrape and evaluation intervals, timeouts and query offsets of a prometheus.yml. N = 1 gives the text back as it is.
 * Jobs named in `ownPace` are scraped no faster than that.
 */
export function acceleratePrometheusConfig(text: string, n: number, ownPace = OWN_PACE): Accelerated {
  return accelerated(text, n, (draft) => {
    const interval = textAt(draft, ['global', 'scrape_interval']) ?? SCRAPE_INTERVAL
    const timeout = textAt(draft, ['global', 'scrape_timeout']) ?? shorter(SCRAPE_TIMEOUT, interval)
    for (const path of entries(draft, ['scrape_configs'])) accelerateJob(draft, path, { interval, timeout, ownPace })
    scaleAt(draft, ['global', 'scrape_interval'], { floor: FLOOR_MS.scrape, byDefault: interval })
    scaleAt(draft, ['global', 'scrape_timeout'], { floor: FLOOR_MS.scrape, byDefault: timeout })
    scaleAt(draft, ['global', 'evaluation_interval'], { floor: FLOOR_MS.evaluation, byDefault: EVALUATION_INTERVAL })
    scaleAt(draft, ['global', 'rule_query_offset'])
  })
}

/**
 * Group intervals, `for`, `keep_firing_for`, and every duration inside every expression of a rule file. Names stay,
 * also those of records (`...:rate5m`). `scrapeInterval` is the production interval of the series the rules read;
 * ranges are floored against it.
 */
export function accelerateRules(text: string, n: number, scrapeInterval = '15s'): Accelerated {
  return accelerated(text, n, (draft) => {
    for (const group of entries(draft, ['groups'])) {
      const what = `group ${textAt(draft, [...group, 'name']) ?? group.at(-1)}`
      scaleAt(draft, [...group, 'interval'], { what: `${what} interval`, floor: FLOOR_MS.evaluation })
      scaleAt(draft, [...group, 'query_offset'])
      for (const rule of entries(draft, [...group, 'rules'])) accelerateRule(draft, rule, parseDuration(scrapeInterval))
    }
  })
}

/**
 * `group_wait`, `group_interval` and `repeat_interval` of every route, and `resolve_timeout`. Time intervals (calendar
 * hours) stay. What the root route leaves to Alertmanager's defaults is written down, divided.
 */
export function accelerateAlertmanagerConfig(text: string, n: number): Accelerated {
  return accelerated(text, n, (draft) => {
    scaleAt(draft, ['global', 'resolve_timeout'])
    accelerateRoute(draft, ['route'], { wait: '30s', interval: '5m', repeat: '4h' })
  })
}

/**
 * Prometheus' flags that hold durations, with their defaults divided: without them a dead Prometheus' alerts would
 * outlive the run.
 */
export function acceleratePrometheusFlags(n: number): {
  readonly flags: readonly string[]
  readonly floors: readonly Floor[]
} {
  if (n === 1) return { flags: [], floors: [] }
  const defaults = [
    { what: '--query.lookback-delta', production: '5m', floor: FLOOR_MS.lookback },
    { what: '--rules.alert.resend-delay', production: '1m', floor: FLOOR_MS.resend },
    { what: '--rules.alert.for-grace-period', production: '10m', floor: 0 },
    { what: '--rules.alert.for-outage-tolerance', production: '1h', floor: 0 },
  ]
  const scaled = defaults.map(({ what, production, floor }) => ({
    what,
    ...accelerateWithFloor({ what, ms: parseDuration(production), n, floor }),
  }))
  return {
    flags: scaled.map(({ what, ms }) => `${what}=${formatDuration(ms)}`),
    floors: scaled.flatMap(({ floors }) => floors),
  }
}

function accelerated(text: string, n: number, rewrite: (draft: Draft) => void): Accelerated {
  mustBeFactor(n)
  if (n === 1) return { text, floors: [] }
  const draft = openDraft(text, n)
  rewrite(draft)
  return closeDraft(draft)
}

interface JobDefaults {
  readonly interval: string
  readonly timeout: string
  readonly ownPace: Readonly<Record<string, string>>
}

/** A job that says nothing follows the global intervals, unless its own pace is slower than those will be. */
function accelerateJob(draft: Draft, path: Path, { interval, timeout, ownPace }: JobDefaults): void {
  const job = textAt(draft, [...path, 'job_name']) ?? String(path.at(-1))
  const pace = parseDuration(ownPace[job] ?? '0s')
  const own = textAt(draft, [...path, 'scrape_interval']) ?? interval
  const keepsUp = Math.max(accelerateMs(parseDuration(own), draft.n), FLOOR_MS.scrape) >= pace
  const floor = Math.max(pace, FLOOR_MS.scrape)
  const byDefault = keepsUp ? {} : { interval: own, timeout: shorter(timeout, own) }
  const what = `scrape_configs.${job}`
  scaleAt(draft, [...path, 'scrape_timeout'], { what: `${what}.scrape_timeout`, floor, byDefault: byDefault.timeout })
  scaleAt(draft, [...path, 'scrape_interval'], {
    what: `${what}.scrape_interval`,
    floor,
    byDefault: byDefault.interval,
  })
}

function accelerateRule(draft: Draft, rule: Path, scrapeMs: number): void {
  const what = textAt(draft, [...rule, 'alert']) ?? textAt(draft, [...rule, 'record']) ?? rule.join('.')
  scaleAt(draft, [...rule, 'for'], { what: `${what} for` })
  scaleAt(draft, [...rule, 'keep_firing_for'], { what: `${what} keep_firing_for` })
  const expr = textAt(draft, [...rule, 'expr'])
  if (expr === undefined) return
  const query = accelerateQuery(expr, { n: draft.n, what, scrapeMs })
  draft.floors.push(...query.floors)
  replaceAt(draft, [...rule, 'expr'], query.text)
}

interface RouteDefaults {
  readonly wait?: string
  readonly interval?: string
  readonly repeat?: string
}

/** Nested routes inherit what they do not say, so only the root needs defaults. */
function accelerateRoute(draft: Draft, route: Path, defaults: RouteDefaults = {}): void {
  scaleAt(draft, [...route, 'group_wait'], { byDefault: defaults.wait })
  scaleAt(draft, [...route, 'group_interval'], { floor: FLOOR_MS.groupInterval, byDefault: defaults.interval })
  scaleAt(draft, [...route, 'repeat_interval'], { floor: FLOOR_MS.groupInterval, byDefault: defaults.repeat })
  for (const child of entries(draft, [...route, 'routes'])) accelerateRoute(draft, child)
}

function entries(draft: Draft, path: Path): readonly Path[] {
  return Array.from({ length: lengthAt(draft, path) }, (_, index) => [...path, index])
}

function shorter(a: string, b: string): string {
  return parseDuration(a) < parseDuration(b) ? a : b
}
