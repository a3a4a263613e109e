// Makes of a judged run what is kept of it in reports/history.
import type { AnyCriterion } from '../model/criterion.ts'
import { alertsIn, isWatched } from '../model/drill-alerts.ts'
import type { Finding, JudgedDrill, Judgement } from '../model/finding.ts'
import { evidenceOf } from '../model/record.ts'
import type { GateJudgement } from '../model/gate-finding.ts'
import type { DrillRecord, RunRecord } from '../model/record.ts'
import type { DrillHistory, GateHistory, RunHistory } from '../model/run-history.ts'
import { quietWindowOf } from './quiet-window.ts'

export function historyOf(record: RunRecord, judgement: Judgement, gates: readonly GateJudgement[] = []): RunHistory {
  const { run, at, command, runtime, acceleration, seed, versions, digests } = record.opened
  const rules = Object.entries(digests).filter(([file]) => /\.rules\.ya?ml$/.test(file))
  return {
    version: 1,
    run,
    at: new Date(at).toISOString(),
    command,
    runtime,
    acceleration,
    ...(seed !== undefined && { seed }),
    verdict: judgement.verdict,
    because: judgement.because,
    ms: (record.closed?.at ?? record.entries.at(-1)?.at ?? at) - at,
    ...(gates.length > 0 && { gates: gates.map(gateHistory) }),
    versions,
    rules: Object.fromEntries(rules),
    ...loadedIn(record),
    drills: judgement.drills.map((judged) => drillHistory(judged, record.drills.find(({ id }) => id === judged.id), record.drills)),
  }
}

function gateHistory({ phase, profile, verdict, because, findings }: GateJudgement): GateHistory {
  const claims = findings.filter(({ how }) => how === 'judged').map(({ criterion: { id, weight }, verdict: came, because: why }) => {
    return { id, weight, verdict: came, ...(came !== 'pass' && { because: why }) }
  })
  return { phase, profile, verdict, because, claims }
}

/** The slowest scrape, and for each alert the slowest evaluation, of all drills. */
function loadedIn({ drills }: RunRecord): Pick<RunHistory, 'scrapeMs' | 'loaded'> {
  const looks = drills.flatMap((drill) => evidenceOf(drill, 'rules').map(({ evidence }) => evidence.value))
  const intervals = Map.groupBy(looks.flatMap(({ alerts }) => alerts), ({ alert }) => alert)
  const loaded = Object.fromEntries([...intervals].map(([alert, facts]) => [alert, Math.max(...facts.map(({ intervalMs }) => intervalMs))]))
  return { ...(looks.length > 0 && { scrapeMs: Math.max(...looks.map(({ scrapeMs }) => scrapeMs)) }), loaded }
}

function drillHistory(judged: JudgedDrill, record: DrillRecord | undefined, drills: readonly DrillRecord[]): DrillHistory {
  const { id, name, verdict, because, findings } = judged
  const quiet = record && quietWindowOf(record, drills)
  return {
    id,
    name,
    verdict,
    because,
    watched: record !== undefined && isWatched(record),
    criteria: keyed(findings).map(([key, finding]) => ({ key, sentence: finding.sentence, verdict: finding.verdict, ...(finding.verdict !== 'pass' && { because: finding.because }) })),
    alerts: record === undefined ? [] : alertsIn(record, judged),
    ...(quiet && { quiet }),
  }
}

/** Two criteria of one drill that ask of the same thing are told apart by their order. */
function keyed(findings: readonly Finding[]): readonly (readonly [string, Finding])[] {
  const keys = findings.map(({ criterion }) => keyOf(criterion))
  return findings.map((finding, index) => {
    const key = keys[index] ?? ''
    const before = keys.slice(0, index).filter((other) => other === key).length
    return [before === 0 ? key : `${key}#${before + 1}`, finding]
  })
}

/** What a criterion asks of, whatever its thresholds and wording: so it is found again after either was changed. */
const ABOUT = ['alert', 'labels', 'receiver', 'channel', 'edge', 'operation', 'status', 'query', 'scenario', 'by', 'during']

function keyOf(criterion: AnyCriterion): string {
  const about = Object.entries(criterion).filter(([name, value]) => ABOUT.includes(name) && value !== undefined)
  const said = about.map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
  return [criterion.kind, ...said].join(' ')
}
