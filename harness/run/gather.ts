// Which facts a drill needs and when they are to be had: before the fault, while it holds, and after everything is over.
import { HarnessError } from '../errors.ts'
import { readHistory } from '../load/read-history.ts'
import type { History } from '../load/fold-history.ts'
import type { Phase } from '../model/criterion.ts'
import type { Evidence, EvidenceOf, RuleFact, Window } from '../model/evidence.ts'
import { probeActiveAlerts } from '../probes/active-alerts.ts'
import { probeAlerts } from '../probes/alerts.ts'
import { probeClock } from '../probes/clock.ts'
import type { ProbeContext } from '../probes/probe.ts'
import { probeNotifications } from '../probes/notifications.ts'
import { probeRouting } from '../probes/routing.ts'
import { probeRules } from '../probes/rules.ts'
import { probeRuleLinks } from '../probes/rule-links.ts'
import { probeRuleSignal } from '../probes/rule-signal.ts'
import { probeStore } from '../probes/store.ts'
import { probeTracedEdges } from '../probes/traced-edges.ts'
import { probeTraces } from '../probes/traces.ts'
import { probeValue } from '../probes/value.ts'
import type { DrillStage } from './run-drill.ts'

/** Filled as the phases end. */
export type Windows = Partial<Record<Phase, Window>>

/** What was learnt before anything was disturbed, and is needed again. */
export interface Before {
  readonly rules: EvidenceOf<'rules'>
  readonly clock: EvidenceOf<'clock'>
}

export interface Aftermath extends Before {
  readonly windows: Windows
  /** The operation history of the load. */
  readonly history: string
}

/** How many traces of one phase are followed into Jaeger. */
const TRACES_PER_PHASE = 30

/** Rules, clocks and the snapshot of alerts, before anything is disturbed. */
export async function gatherBefore(stage: DrillStage): Promise<Before> {
  const context = contextOf(stage)
  const [rules, clock, active] = await Promise.all([probeRules(context), probeClock(context), probeActiveAlerts(context)])
  for (const evidence of [rules, clock, active]) record(stage, evidence)
  const blind = [rules, clock, active].find(({ covered }) => !covered)
  if (blind) throw new HarnessError('PROBE_UNREACHABLE', `no ${blind.probe} before the fault: ${blind.missing ?? 'not covered'}`)
  return { rules, clock }
}

/** What Alertmanager does with the alerts while they are active; afterwards it forgets. */
export async function gatherDuring(stage: DrillStage): Promise<void> {
  record(stage, await probeRouting(contextOf(stage)))
}

/** Everything that is read once the load has ended. */
export async function gatherAfter(stage: DrillStage, aftermath: Aftermath): Promise<void> {
  const window = wholeOf(aftermath.windows)
  const history = await readHistory(aftermath.history, stage.signal)
  record(stage, { probe: 'load', value: { scenario: stage.drill.load.scenario, window, buckets: history.buckets }, covered: history.buckets.length > 0 })
  const alerts = await probeAlerts(contextOf(stage), onClockOf(window, aftermath.clock))
  record(stage, alerts)
  await gatherSignals(stage, { ...aftermath, alerts }, window)
  await gatherValues(stage, aftermath)
  await gatherTraces(stage, aftermath.windows, history)
  if (stage.drill.criteria.some(({ kind }) => kind === 'edges-match')) record(stage, await probeTracedEdges(contextOf(stage), window))
  await gatherStores(stage, history)
}

/** The same stretch by the clock of Prometheus, in which it is asked and answers: theirs = ours + offset. */
export function onClockOf({ from, to }: Window, { value: { offsetMs } }: EvidenceOf<'clock'>): Window {
  return { from: from + offsetMs, to: to + offsetMs }
}

/** Of a rule that stayed silent also what its expression hangs on, and of notifications how they fared. */
async function gatherSignals(stage: DrillStage, { rules, clock, alerts }: Before & { readonly alerts: EvidenceOf<'alerts'> }, ours: Window): Promise<void> {
  const window = onClockOf(ours, clock)
  const expected = new Set(stage.drill.criteria.flatMap((criterion) => ('alert' in criterion ? [criterion.alert] : [])))
  const fired = new Set(alerts.value.series.flatMap(({ alert, state }) => (state === 'firing' ? [alert] : [])))
  for (const rule of rules.value.alerts.filter(({ alert }) => expected.has(alert))) {
    record(stage, await probeRuleSignal(contextOf(stage), rule, window))
    if (!fired.has(rule.alert)) record(stage, await probeRuleLinks(contextOf(stage), rule, window))
  }
  if (expected.size > 0) record(stage, await probeNotifications(contextOf(stage), window))
}

async function gatherValues(stage: DrillStage, { rules, clock, windows }: Aftermath): Promise<void> {
  const stepMs = Math.max(rules.value.scrapeMs, ...rules.value.alerts.map((rule: RuleFact) => rule.intervalMs))
  for (const criterion of stage.drill.criteria) {
    if (criterion.kind !== 'value-holds') continue
    const phase = criterion.during ?? 'fault'
    const ours = windows[phase]
    if (ours === undefined) continue
    const window = onClockOf(ours, clock)
    record(stage, await probeValue(contextOf(stage), { query: criterion.query, phase, window, stepMs }))
  }
}

async function gatherTraces(stage: DrillStage, windows: Windows, history: History): Promise<void> {
  const phases = new Set(stage.drill.criteria.flatMap((criterion) => (criterion.kind === 'trace-shows' ? [criterion.during ?? 'fault'] : [])))
  const asked = [...phases].flatMap((phase) => spread(tracesIn(history, windows[phase]), TRACES_PER_PHASE).map((trace) => ({ ...trace, phase })))
  if (phases.size > 0) record(stage, await probeTraces(contextOf(stage), { asked }))
}

function tracesIn(history: History, window: Window | undefined) {
  return window === undefined ? [] : history.traces.filter(({ t }) => t >= window.from && t <= window.to)
}

/** At most `most` of them, evenly from first to last, so that no stretch of the phase goes unseen. */
function spread<T>(items: readonly T[], most: number): readonly T[] {
  const step = Math.max(1, items.length / most)
  return Array.from({ length: Math.min(most, items.length) }, (_, i) => items[Math.floor(i * step)] as T)
}

async function gatherStores(stage: DrillStage, history: History): Promise<void> {
  const { rig } = stage.session
  for (const criterion of stage.drill.criteria) {
    if (criterion.kind !== 'nothing-lost') continue
    for (const [store, spec] of Object.entries(rig.stack.harness.stores).filter(([, { scenarios }]) => scenarios.includes(criterion.scenario))) {
      const writes = new Map([...(history.writes.get(store) ?? [])].map(([key, { outcome }]) => [key, outcome]))
      record(stage, await probeStore(contextOf(stage), { scenario: criterion.scenario, store, spec: { ...spec, url: rig.resolve(spec.url) }, writes }))
    }
  }
}

function wholeOf(windows: Windows): Window {
  const all = Object.values(windows)
  return { from: Math.min(...all.map(({ from }) => from)), to: Math.max(...all.map(({ to }) => to)) }
}

export function contextOf({ session, signal }: DrillStage): ProbeContext {
  return { rig: session.rig, clock: session.world.clock, signal }
}

export function record({ append }: DrillStage, evidence: Evidence): void {
  append({ type: 'evidence', evidence })
}
