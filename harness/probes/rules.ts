// What Prometheus and Alertmanager have loaded: everything that the time from a fault to a notification is derived
// from.
import { parse } from 'yaml'
import { z } from 'zod'
import type { EvidenceOf, ReceiverFact, RuleFact } from '../model/evidence.ts'
import { alertmanagerSchema, receiverFacts, routeOf } from '../model/route.ts'
import { depthOf, windowOf } from '../time/promql-shape.ts'
import { httpClient } from './http-client.ts'
import { loadedGroups, recordsOf, scrapeMsOf, type LoadedGroup } from './loaded-rules.ts'
import { attempt, observe, type ProbeContext } from './probe.ts'
import { prometheusOf } from './prometheus-api.ts'

const amStatus = z.object({ config: z.object({ original: z.string() }) })

/** When one of the two does not answer, the part of the other is still there; `missing` names the one that did not. */
export async function probeRules(context: ProbeContext): Promise<EvidenceOf<'rules'>> {
  const nothing = { scrapeMs: 0, alerts: [] as readonly RuleFact[] }
  const seen = await observe(context.signal, { ...nothing, receivers: [] as readonly ReceiverFact[] }, async () => {
    const rules = await attempt(context.signal, nothing, () => loaded(context))
    const routes = await attempt(context.signal, [], () => receivers(context))
    const missing = [rules.missing, routes.missing].filter((sentence) => sentence !== undefined).join('; ')
    return { value: { ...rules.value, receivers: routes.value }, missing: missing || undefined }
  })
  return { probe: 'rules', ...seen }
}

async function loaded(context: ProbeContext): Promise<{ value: { scrapeMs: number; alerts: readonly RuleFact[] } }> {
  const prometheus = prometheusOf(context)
  const [groups, scrapeMs] = await Promise.all([loadedGroups(prometheus), scrapeMsOf(prometheus)])
  return { value: { scrapeMs, alerts: ruleFacts(groups) } }
}

async function receivers({ rig, clock, signal }: ProbeContext): Promise<{ value: readonly ReceiverFact[] }> {
  const http = httpClient({ name: 'Alertmanager', base: rig.observer('alertmanager'), clock, signal })
  const { config } = await http.json({ path: '/api/v2/status' }, amStatus)
  return { value: receiverFacts(routeOf(alertmanagerSchema.parse(parse(config.original)))) }
}

/** Every alerting rule of the groups. */
export function ruleFacts(groups: readonly LoadedGroup[]): readonly RuleFact[] {
  const records = recordsOf(groups)
  return groups.flatMap((group) =>
    group.rules.flatMap(({ type, ...rule }): readonly RuleFact[] => {
      if (type !== 'alerting' || !('duration' in rule)) return []
      return [
        {
          alert: rule.name,
          group: group.name,
          expr: rule.query,
          labels: rule.labels,
          forMs: rule.duration * 1_000,
          keepFiringMs: rule.keepFiringFor * 1_000,
          intervalMs: group.interval * 1_000,
          windowMs: windowOf(rule.query, records),
          depth: depthOf(rule.query, records),
          health: rule.health,
          ...(rule.lastError ? { lastError: rule.lastError } : {}),
        },
      ]
    }),
  )
}
