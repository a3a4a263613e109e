// Alerts against drills, cell by cell: what fired as asked, what unasked, and what stayed silent. What every drawing of that map is made of.
import { alertsIn, isWatched } from '../model/drill-alerts.ts'
import { EACH_EDGE, EACH_SERVICE } from '../model/drill.ts'
import type { Judgement } from '../model/finding.ts'
import { evidenceOf } from '../model/record.ts'
import type { DrillRecord, RunRecord } from '../model/record.ts'
import type { DrillAlert } from '../model/run-history.ts'

/** With fewer drills that have alerts the sections of the drills say it as well. */
const LEAST_DRILLS = 3

export const RULE_WORDS = ['fired', 'missing', 'unasked', 'allowed', 'since before', 'not judged', 'not seen', 'silent'] as const
export type RuleWord = (typeof RULE_WORDS)[number]

/** What an alert came to in the executions of one drill: usually one word; two when it also fired with labels nobody asked for. */
export interface RuleCell {
  readonly words: readonly RuleWord[]
  readonly executions: number
}

export interface RuleGrid {
  /** Names of drills. */
  readonly drills: readonly string[]
  /** For each alert one list for each drill, one cell for each different outcome of its repeats. */
  readonly rows: readonly { readonly alert: string; readonly cells: readonly (readonly RuleCell[])[] }[]
  /** Loaded, not asked for, and seen firing in none of them. */
  readonly silent: readonly string[]
}

interface Column {
  readonly name: string
  /** One for each execution: what each alert came to there, and whether its silence means anything. */
  readonly executions: readonly { readonly alerts: readonly DrillAlert[]; readonly watched: boolean }[]
}

/** Undefined for a run of few drills; drills that hurt each edge or service in turn have a matrix of their own. */
export function ruleGrid(run: RunRecord, judgement: Judgement): RuleGrid | undefined {
  const drills = run.drills.filter(({ drill: { tags } }) => !tags.includes(EACH_EDGE) && !tags.includes(EACH_SERVICE))
  const columns = [...Map.groupBy(drills, ({ drill }) => drill.name)].map(([name, own]) => columnOf(name, own, judgement))
  if (columns.filter(({ executions }) => executions.some(({ alerts }) => alerts.length > 0)).length < LEAST_DRILLS) return undefined
  const alerts = [...new Set(columns.flatMap(({ executions }) => executions.flatMap((one) => one.alerts.map(({ alert }) => alert))))].sort()
  const rows = alerts.map((alert) => ({ alert, cells: columns.map((column) => cellsOf(alert, column)) }))
  return { drills: columns.map(({ name }) => name), rows, silent: silentRules(drills, alerts) }
}

function columnOf(name: string, records: readonly DrillRecord[], { drills }: Judgement): Column {
  const executions = records.map((record) => {
    const findings = drills.find(({ id }) => id === record.id)?.findings ?? []
    return { alerts: alertsIn(record, { findings }), watched: isWatched(record) }
  })
  return { name, executions }
}

function cellsOf(alert: string, { executions }: Column): readonly RuleCell[] {
  const all = executions.map(({ alerts, watched }) => wordsOf(alerts.find((one) => one.alert === alert), watched))
  return [...Map.groupBy(all, (words) => words.join()).values()].map((own) => ({ words: own[0] ?? [], executions: own.length }))
}

function wordsOf(one: DrillAlert | undefined, watched: boolean): readonly RuleWord[] {
  if (one === undefined) return [watched ? 'silent' : 'not seen']
  const judged = one.asked.filter(({ verdict }) => verdict !== 'inconclusive')
  const asked = one.asked.length === 0 ? [] : judged.length === 0 ? ['not judged' as const] : [judged.every(({ fired }) => fired) ? ('fired' as const) : ('missing' as const)]
  const others = one.unasked > 0 ? ['unasked' as const] : asked.length > 0 ? [] : [one.allowed > 0 ? ('allowed' as const) : ('since before' as const)]
  return [...asked, ...others]
}

function silentRules(drills: readonly DrillRecord[], alerts: readonly string[]): readonly string[] {
  const loaded = drills.flatMap((record) => evidenceOf(record, 'rules').flatMap(({ evidence }) => evidence.value.alerts.map(({ alert }) => alert)))
  const beating = drills.flatMap(({ criteria }) => criteria.flatMap((one) => (one.kind === 'heartbeat-arrives' ? [one.alert] : [])))
  const named = new Set([...alerts, ...beating])
  return [...new Set(loaded)].filter((alert) => !named.has(alert)).sort()
}
