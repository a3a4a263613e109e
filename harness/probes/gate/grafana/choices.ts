// What the variables of a dashboard stand for when somebody opens it: what was chosen when it was saved, and all where that was all.
import { z } from 'zod'
import { formatDuration, parseDuration } from '../../../model/duration.ts'
import type { PrometheusApi } from '../../prometheus-api.ts'
import type { Seen } from '../../probe.ts'
import type { Dashboard, Variable } from './dashboard.ts'
import { substitute } from './substitute.ts'
import type { Choices, Chosen } from './substitute.ts'

const ALL = '$__all'
const LABEL_VALUES = /^label_values\((?:(.+),)?\s*(\w+)\s*\)$/s
const RELATIVE = /^now-(\d+(?:ms|[smhdwy]))$/
/** Grafana's own. */
const DEFAULT_RANGE = '6h'

/** How far back somebody sees, in production milliseconds. */
export function rangeOf({ time }: Dashboard): number {
  return parseDuration(RELATIVE.exec(time?.from ?? '')?.[1] ?? DEFAULT_RANGE)
}

/** Those that Grafana brings along, in production time. */
export function builtIn(rangeMs: number, scrapeMs: number): Choices {
  const texts = {
    __interval: formatDuration(scrapeMs),
    __interval_ms: String(scrapeMs),
    __rate_interval: formatDuration(4 * scrapeMs),
    __rate_interval_ms: String(4 * scrapeMs),
    __range: formatDuration(rangeMs),
    __range_s: String(rangeMs / 1_000),
    __range_ms: String(rangeMs),
  }
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, { values: [text], several: false }]))
}

/** With them, those of the dashboard in their order: a later one may ask with an earlier one. */
export async function choicesOf({ templating, title }: Dashboard, given: Choices, prometheus: PrometheusApi): Promise<Seen<Choices>> {
  let choices = given
  const missing: string[] = []
  for (const variable of templating?.list ?? []) {
    const chosen = await chosenOf(variable, choices, prometheus)
    if (chosen !== undefined) choices = { ...choices, [variable.name]: chosen }
    else if (variable.type !== 'datasource') missing.push(`nobody can tell what ${variable.name} of ${title} stands for`)
  }
  return { value: choices, missing: missing.length > 0 ? missing.join('; ') : undefined }
}

async function chosenOf(variable: Variable, choices: Choices, prometheus: PrometheusApi): Promise<Chosen | undefined> {
  const saved = [variable.current?.value ?? []].flat().filter((value) => value !== '')
  const several = variable.multi === true || variable.includeAll === true
  if (saved.length > 0 && !saved.includes(ALL)) return { values: saved, several }
  const all = saved.includes(ALL) || variable.includeAll === true
  if (all && typeof variable.allValue === 'string' && variable.allValue !== '') return { values: [variable.allValue], several, literal: true }
  const options = await optionsOf(variable, choices, prometheus)
  return options === undefined ? undefined : { values: all ? options : options.slice(0, 1), several }
}

async function optionsOf({ type, query }: Variable, choices: Choices, prometheus: PrometheusApi): Promise<readonly string[] | undefined> {
  const text = (typeof query === 'string' ? query : query?.query) ?? ''
  if (type === 'custom' || type === 'constant' || type === 'interval' || type === 'textbox') return text.split(',').map((option) => option.trim())
  const [matched, selector, label] = type === 'query' ? (LABEL_VALUES.exec(substitute(text, choices).trim()) ?? []) : []
  if (matched === undefined) return undefined
  return prometheus.get(`/api/v1/label/${label}/values`, z.array(z.string()), selector === undefined ? {} : { 'match[]': selector })
}
