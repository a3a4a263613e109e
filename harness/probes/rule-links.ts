// Which parts of a rule's expression had a result: where a rule that never became pending is broken.
import { z } from 'zod'
import type { EvidenceOf, Labels, LinkFact, RuleFact, Window } from '../model/evidence.ts'
import { linksOf, type PromqlLink } from '../time/promql-links.ts'
import { shapeOf } from '../time/promql-shape.ts'
import { loadedGroups, recordsOf } from './loaded-rules.ts'
import { observe, type ProbeContext } from './probe.ts'
import { prometheusOf, stepFor, type PrometheusApi } from './prometheus-api.ts'

const MOST_KNOWN = 5
const series = z.array(z.record(z.string(), z.string()))

interface Ask {
  readonly prometheus: PrometheusApi
  readonly window: Window
  readonly stepMs: number
}

/** The window is in Prometheus's time. Recording rules are followed to what they are made of. */
export async function probeRuleLinks(context: ProbeContext, rule: RuleFact, window: Window): Promise<EvidenceOf<'rule-links'>> {
  const nothing = { alert: rule.alert, window, links: [] as readonly LinkFact[] }
  const seen = await observe(context.signal, nothing, async () => {
    const prometheus = prometheusOf(context)
    const records = recordsOf(await loadedGroups(prometheus))
    const ask = { prometheus, window, stepMs: stepFor(window, rule.intervalMs) }
    const links: LinkFact[] = []
    for (const link of linksOf(rule.expr, records)) links.push(await factOf(link, ask))
    return { value: { ...nothing, links } }
  })
  return { probe: 'rule-links', ...seen }
}

async function factOf({ labels = {}, ...link }: PromqlLink, ask: Ask): Promise<LinkFact> {
  const points = await pointsOf(`count(${link.query})`, ask)
  if (points.length > 0) return { ...link, present: true }
  if (link.kind === 'selector' && link.metric !== undefined) return { ...link, labels, present: false, known: await knownOf(link.metric, labels, ask) }
  return { ...link, present: false, ...(link.kind === 'comparison' ? await comparedOf(link.query, ask) : {}) }
}

async function pointsOf(query: string, { prometheus, window, stepMs }: Ask): Promise<readonly number[]> {
  const answer = await prometheus.range({ query, window, stepMs })
  return answer.flatMap(({ points }) => points.map(([, value]) => value))
}

/** Label sets of the metric in the window, those first that agree with most of what is asked. */
async function knownOf(metric: string, wanted: Labels, { prometheus, window }: Ask): Promise<readonly Labels[]> {
  const selector = `{__name__=${JSON.stringify(metric)}}`
  const [start, end] = [window.from, window.to].map((ms) => (ms / 1_000).toFixed(3)) as [string, string]
  const found = await prometheus.get('/api/v1/series', series, { 'match[]': selector, start, end, limit: '1000' })
  const agreement = (labels: Labels) => Object.entries(wanted).filter(([name, value]) => labels[name] === value).length
  const sets = found.map(({ __name__: _, ...labels }) => labels)
  return sets.toSorted((a, b) => agreement(b) - agreement(a)).slice(0, MOST_KNOWN)
}

async function comparedOf(query: string, ask: Ask): Promise<Partial<LinkFact>> {
  const shape = shapeOf(query)
  if (shape === undefined) return {}
  const values = (await pointsOf(shape.left, ask)).filter(Number.isFinite)
  if (values.length === 0) return {}
  return { condition: `${shape.comparator} ${shape.threshold}`, lowest: Math.min(...values), highest: Math.max(...values) }
}
