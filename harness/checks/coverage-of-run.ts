// What one recorded run shows of today's alert rules and of its faults. Runs are large, so no more than this is kept of each.
import type { AlertProof, CoveredRule, Sighting, Today } from '../model/alert-coverage.ts'
import type { Finding } from '../model/finding.ts'
import { evidenceOf } from '../model/record.ts'
import type { DrillRecord, RunRecord } from '../model/record.ts'
import { faultsSeen } from './coverage-of-faults.ts'
import type { FaultSeen } from './coverage-of-faults.ts'
import { judgeDrill } from './judge.ts'
import { mayCarry } from './labels.ts'

/** Of one rule that the run had as it is today. */
export interface RuleSeen {
  readonly loaded: boolean
  readonly firedIn: readonly Sighting[]
  readonly proofs: readonly AlertProof[]
}

export interface RunSeen {
  readonly run: string
  /** Why nothing of it counts. */
  readonly leftOut?: string
  /** Why it says nothing of some rules. */
  readonly inPart?: string
  readonly rules: ReadonlyMap<CoveredRule, RuleSeen>
  readonly faults: readonly FaultSeen[]
}

/** Only rules that the run had as they are today are in it. */
export function seenIn(record: RunRecord, today: Today): RunSeen {
  const { run, digests } = record.opened
  const held = new Set(Object.values(digests))
  const lost = (rule: CoveredRule) => Object.entries(rule.sources).flatMap(([file, digest]) => (held.has(digest) ? [] : [file]))
  const own = today.rules.filter((rule) => lost(rule).length === 0)
  if (own.length === 0) return leftOut(run, Object.keys(digests).some((file) => RULES.test(file)) ? 'had other rules' : 'recorded no rules')
  const files = [...new Set(today.rules.flatMap(lost))].sort()
  const faults = record.drills.flatMap((drill) => faultsSeen(drill, own, files.length === 0))
  const rules = new Map(own.map((rule) => [rule, ruleSeen(rule, record, held.has(today.routes))]))
  return { run, rules, faults, ...(files.length === 0 ? {} : { inPart: `had another ${files.join(' and ')}` }) }
}

const RULES = /\.rules\.ya?ml$/

export function leftOut(run: string, why: string): RunSeen {
  return { run, leftOut: why, rules: new Map(), faults: [] }
}

function ruleSeen(rule: CoveredRule, { opened, drills }: RunRecord, sameRoutes: boolean): RuleSeen {
  const fired = drills.filter((drill) => firedIn(drill, rule))
  const proved = fired.flatMap((drill) => proofsOf(rule, drill).map((times) => ({ run: opened.run, drill: drill.id, acceleration: opened.acceleration, ...times, sameRoutes })))
  return { loaded: drills.some((drill) => loadedIn(drill, rule)), firedIn: fired.map(({ id }) => ({ run: opened.run, drill: id })), proofs: proved }
}

function loadedIn(record: DrillRecord, { alert, labels }: CoveredRule): boolean {
  return evidenceOf(record, 'rules').some(({ evidence }) => evidence.value.alerts.some((fact) => fact.alert === alert && mayCarry(labels, fact.labels)))
}

/** At any time of the drill: seen by Prometheus, or told to a receiver. */
function firedIn(record: DrillRecord, { alert, labels }: CoveredRule): boolean {
  const seen = evidenceOf(record, 'alerts').flatMap(({ evidence }) => evidence.value.series.filter(({ state }) => state === 'firing'))
  const told = evidenceOf(record, 'delivery').flatMap(({ evidence }) => evidence.value.notifications.filter(({ status }) => status === 'firing'))
  return [...seen, ...told].some((one) => one.alert === alert && mayCarry(labels, one.labels))
}

type Times = Pick<AlertProof, 'detectionMs' | 'deliveryMs' | 'resetMs'>

/** Judging costs more than looking, so only drills in which it fired come here. */
function proofsOf(rule: CoveredRule, record: DrillRecord): readonly Times[] {
  if (!record.criteria.some(({ kind }) => kind === 'alert-fires')) return []
  return judgeDrill(record).findings.flatMap((finding) => (provesWhole(finding, rule) ? timesOf(finding) : []))
}

/** A criterion that does not ask for delivery or for the end proves only a part of the chain. */
function provesWhole({ criterion, verdict }: Finding, { alert, labels }: CoveredRule): boolean {
  if (verdict !== 'pass' || criterion.kind !== 'alert-fires' || criterion.alert !== alert) return false
  return criterion.receiver !== undefined && criterion.resolves !== false && mayCarry(labels, criterion.labels)
}

function timesOf({ times }: Finding): readonly Times[] {
  const [detectionMs, deliveryMs, resetMs] = [/^fault to firing$/, /^(?:end of )?fault to delivered$/, /^end of fault to resolved$/].map((name) => times.find((time) => name.test(time.name))?.ms)
  return detectionMs === undefined || deliveryMs === undefined || resetMs === undefined ? [] : [{ detectionMs, deliveryMs, resetMs }]
}
