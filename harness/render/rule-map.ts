// Rules against drills in the Markdown report: what fired as asked, what unasked, and what stayed silent. Words, so that it needs no colour.
import { alertsIn, isWatched } from '../model/drill-alerts.ts'
import { EACH_EDGE, EACH_SERVICE } from '../model/drill.ts'
import type { Judgement } from '../model/finding.ts'
import { evidenceOf } from '../model/record.ts'
import type { DrillRecord, RunRecord } from '../model/record.ts'
import type { DrillAlert } from '../model/run-history.ts'
import { plain, table } from './markdown-table.ts'

/** With fewer drills that have alerts the sections of the drills say it as well. */
const LEAST_DRILLS = 3

interface Column {
  readonly name: string
  /** One for each execution: what each alert came to there, and whether its silence means anything. */
  readonly executions: readonly { readonly alerts: readonly DrillAlert[]; readonly watched: boolean }[]
}

/** No lines at all for a run of few drills; drills that hurt each edge or service in turn have a matrix of their own. */
export function ruleMap(run: RunRecord, judgement: Judgement): readonly string[] {
  const drills = run.drills.filter(({ drill: { tags } }) => !tags.includes(EACH_EDGE) && !tags.includes(EACH_SERVICE))
  const columns = [...Map.groupBy(drills, ({ drill }) => drill.name)].map(([name, own]) => columnOf(name, own, judgement))
  if (columns.filter(({ executions }) => executions.some(({ alerts }) => alerts.length > 0)).length < LEAST_DRILLS) return []
  const alerts = [...new Set(columns.flatMap(({ executions }) => executions.flatMap((one) => one.alerts.map(({ alert }) => alert))))].sort()
  const rows = alerts.map((alert) => [plain(alert), ...columns.map((column) => cell(alert, column))])
  return [
    '## Alerts and drills',
    '',
    'fired: as asked for; **missing**: asked for, and silent; **unasked**: fired, though neither asked for nor allowed; allowed: fired, and may have;',
    'since before: was firing when the drill began; not judged: asked for, with no verdict; not seen: alerts were not watched.',
    '',
    ...table(['alert', ...columns.map(({ name }) => plain(name))], rows),
    ...silentRules(drills, alerts),
  ]
}

function columnOf(name: string, records: readonly DrillRecord[], { drills }: Judgement): Column {
  const executions = records.map((record) => {
    const findings = drills.find(({ id }) => id === record.id)?.findings ?? []
    return { alerts: alertsIn(record, { findings }), watched: isWatched(record) }
  })
  return { name, executions }
}

/** Of repeats how many came to what: `4 fired, 1 **missing**`. */
function cell(alert: string, { executions }: Column): string {
  const words = Map.groupBy(executions.map(({ alerts, watched }) => wordOf(alerts.find((one) => one.alert === alert), watched)), (word) => word)
  return [...words].map(([word, own]) => (executions.length === 1 ? word : `${own.length} ${word}`)).join(', ')
}

function wordOf(one: DrillAlert | undefined, watched: boolean): string {
  if (one === undefined) return watched ? 'silent' : 'not seen'
  const judged = one.asked.filter(({ verdict }) => verdict !== 'inconclusive')
  const asked = one.asked.length === 0 ? [] : judged.length === 0 ? ['not judged'] : [judged.every(({ fired }) => fired) ? 'fired' : '**missing**']
  const others = one.unasked > 0 ? ['**unasked**'] : asked.length > 0 ? [] : [one.allowed > 0 ? 'allowed' : 'since before']
  return [...asked, ...others].join(' and ')
}

function silentRules(drills: readonly DrillRecord[], alerts: readonly string[]): readonly string[] {
  const loaded = drills.flatMap((record) => evidenceOf(record, 'rules').flatMap(({ evidence }) => evidence.value.alerts.map(({ alert }) => alert)))
  const beating = drills.flatMap(({ criteria }) => criteria.flatMap((one) => (one.kind === 'heartbeat-arrives' ? [one.alert] : [])))
  const rest = [...new Set(loaded)].filter((alert) => !alerts.includes(alert) && !beating.includes(alert)).sort()
  return rest.length === 0 ? [] : [`Loaded, not asked for, and seen firing in none of them: ${rest.map(plain).join(', ')}.`, '']
}
