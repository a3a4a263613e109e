// Folds what is kept of judged runs into the quality of each alert rule: did it fire when asked, only then, and how fast.
import type { RunsWithReason } from '../model/alert-coverage.ts'
import type { CoveredRule } from '../model/alert-coverage.ts'
import type { AlertQuality, Quiet, RuleQuality } from '../model/rule-quality.ts'
import type { Asked, DrillAlert, DrillHistory, RunHistory } from '../model/run-history.ts'
import { timeQuality } from './time-quality.ts'

/** A run that nothing could be read of, and why. */
export interface Unread {
  readonly run: string
  readonly why: string
}

export interface Measuring {
  /** Those of today: a run counts for a rule only when it had the files that make it as they are now. */
  readonly rules: readonly CoveredRule[]
  /** Count runs that had other rules, too. */
  readonly anyRules: boolean
  readonly unread: readonly Unread[]
}

/** `runs` oldest first. */
export function qualityOf(runs: readonly RunHistory[], measuring: Measuring): AlertQuality {
  const lost = new Map(runs.map((run) => [run, measuring.anyRules ? [] : lostIn(run, measuring.rules)]))
  const reasons = runs.map((run) => ({ run, why: whyNothing(run, lost.get(run) ?? [], measuring.rules) }))
  const counted = reasons.flatMap(({ run, why }) => (why === undefined ? [run] : []))
  const whole = counted.filter((run) => lost.get(run)?.length === 0)
  const inPart = counted.flatMap((run) => partOf(run, lost.get(run) ?? []))
  const leftOut = [...reasons.flatMap(({ run, why }) => (why === undefined ? [] : [{ run: run.run, why }])), ...measuring.unread]
  const names = namesOf(counted, measuring)
  const countsFor = (alert: string) => counted.filter((run) => measuring.anyRules || measuring.rules.some((rule) => rule.alert === alert && isHeld(rule, run)))
  return {
    runs: { found: runs.length + measuring.unread.length, counted: counted.length, leftOut: byReason(leftOut), inPart: byReason(inPart) },
    rules: names.map((alert) => ruleQuality(alert, countsFor(alert))),
    quiet: quietOf(whole),
    accelerations: [...new Set(counted.map(({ acceleration }) => acceleration))].sort((a, b) => a - b),
  }
}

function isHeld({ sources }: CoveredRule, { rules }: RunHistory): boolean {
  const held = new Set(Object.values(rules))
  return Object.values(sources).every((digest) => held.has(digest))
}

/** The files of today's rules that a run had otherwise, or not at all. */
function lostIn(run: RunHistory, rules: readonly CoveredRule[]): readonly string[] {
  const held = new Set(Object.values(run.rules))
  const lost = rules.flatMap(({ sources }) => Object.entries(sources).flatMap(([file, digest]) => (held.has(digest) ? [] : [file])))
  return [...new Set(lost)].sort()
}

function whyNothing(run: RunHistory, lost: readonly string[], rules: readonly CoveredRule[]): string | undefined {
  if (!run.drills.some(({ criteria }) => criteria.length > 0)) return 'held no drill'
  if (lost.length === 0 || rules.some((rule) => isHeld(rule, run))) return undefined
  return Object.keys(run.rules).length === 0 ? 'recorded no rules' : 'had other rules'
}

function partOf({ run }: RunHistory, lost: readonly string[]): readonly Unread[] {
  return lost.length === 0 ? [] : [{ run, why: `had another ${lost.join(' and ')}` }]
}

function byReason(all: readonly Unread[]): readonly RunsWithReason[] {
  return [...Map.groupBy(all, ({ why }) => why)].map(([why, own]) => ({ why, runs: own.map(({ run }) => run) }))
}

function namesOf(counted: readonly RunHistory[], { rules, anyRules }: Measuring): readonly string[] {
  const older = anyRules ? counted.flatMap(({ drills }) => drills.flatMap(({ alerts }) => alerts.map(({ alert }) => alert))).sort() : []
  return [...new Set([...rules.map(({ alert }) => alert), ...older])]
}

/** One drill in which it was asked for or fired. */
interface Seen extends DrillAlert {
  readonly run: RunHistory
  readonly drill: DrillHistory
}

function ruleQuality(alert: string, runs: readonly RunHistory[]): RuleQuality {
  const seen = runs.flatMap((run) => run.drills.flatMap((drill): Seen[] => drill.alerts.filter((one) => one.alert === alert).map((one) => ({ ...one, run, drill }))))
  const asked = seen.flatMap((one) => one.asked.filter(isJudged).map((own) => ({ own, acceleration: one.run.acceleration })))
  const fired = asked.filter(({ own }) => own.fired).length
  const falseAlarms = seen.filter(({ unasked }) => unasked > 0).map(({ run, drill }) => ({ run: run.run, drill: drill.id }))
  const wanted = fired + falseAlarms.length
  const times = (pick: (own: Asked) => Asked['detection']) => timeQuality(asked.flatMap(({ own, acceleration }) => inProduction(pick(own), acceleration)))
  return {
    alert,
    asked: asked.length,
    fired,
    ...(asked.length > 0 && { recall: fired / asked.length }),
    falseAlarms: falseAlarms.toReversed(),
    ...(wanted > 0 && { precision: fired / wanted }),
    flapped: seen.reduce((sum, { flapped }) => sum + flapped, 0),
    quiet: quietFor(alert, runs),
    detection: times(({ detection }) => detection),
    delivery: times(({ delivery }) => delivery),
    reset: times(({ reset }) => reset),
  }
}

function isJudged({ verdict }: Asked): boolean {
  return verdict !== 'inconclusive'
}

function inProduction(time: Asked['detection'], acceleration: number) {
  return time === undefined ? [] : [{ ms: time.ms * acceleration, limitMs: time.limitMs === undefined ? undefined : time.limitMs * acceleration }]
}

function quietFor(alert: string, runs: readonly RunHistory[]): Quiet {
  const windows = runs.filter(({ loaded }) => alert in loaded).flatMap(({ drills }) => drills.flatMap(({ quiet }) => quiet ?? []))
  return { watched: windows.length, fired: windows.filter(({ fired }) => fired.includes(alert)).length }
}

function quietOf(runs: readonly RunHistory[]): AlertQuality['quiet'] {
  const windows = runs.flatMap(({ drills, acceleration }) => drills.flatMap(({ quiet }) => (quiet ? [{ ...quiet, ms: quiet.ms * acceleration }] : [])))
  return { watched: windows.length, fired: windows.filter(({ fired }) => fired.length > 0).length, ms: windows.reduce((sum, { ms }) => sum + ms, 0) }
}
