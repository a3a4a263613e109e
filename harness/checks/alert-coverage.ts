// Folds what runs show into coverage both ways: every rule of today, and every fault that was ever applied.
import type { AlertCoverage, CoveredRule, Exemption, ExpectedByTest, FaultCoverage, RuleCoverage, RuleState, RunsWithReason, Sighted } from '../model/alert-coverage.ts'
import type { FaultSeen } from './coverage-of-faults.ts'
import type { RunSeen } from './coverage-of-run.ts'
import { mayCarry } from './labels.ts'

export interface Beside {
  readonly rules: readonly CoveredRule[]
  readonly expected: readonly ExpectedByTest[]
  readonly exemptions: readonly Exemption[]
  /** `2026-11-21`, UTC. */
  readonly day: string
}

/** `runs` oldest first. */
export function coverageOf(runs: readonly RunSeen[], beside: Beside): AlertCoverage {
  const rules = beside.rules.map((rule) => ruleCoverage(rule, runs, beside))
  const leftOut = byReason(runs, ({ leftOut: why }) => why)
  const out = leftOut.reduce((sum, { runs: own }) => sum + own.length, 0)
  return {
    runs: { found: runs.length, counted: runs.length - out, leftOut, inPart: byReason(runs, ({ inPart }) => inPart) },
    rules,
    faults: faultCoverage(runs),
    notes: beside.exemptions.flatMap((one) => noteOn(one, rules, beside.day)),
  }
}

function byReason(runs: readonly RunSeen[], reason: (run: RunSeen) => string | undefined): readonly RunsWithReason[] {
  const groups = Map.groupBy(runs, reason)
  return [...groups].flatMap(([why, own]) => (why === undefined ? [] : [{ why, runs: own.map(({ run }) => run) }]))
}

function ruleCoverage(rule: CoveredRule, runs: readonly RunSeen[], { expected, exemptions, day }: Beside): RuleCoverage {
  const seen = runs.flatMap((run) => run.rules.get(rule) ?? [])
  const sighted: Sighted = {
    loadedIn: seen.filter(({ loaded }) => loaded).length,
    firedIn: seen.flatMap(({ firedIn }) => firedIn).toReversed(),
    proofs: seen.flatMap(({ proofs }) => proofs).toReversed(),
  }
  const unitTested = expected.some(({ alert, labels }) => alert === rule.alert && mayCarry(rule.labels, labels))
  const exemption = exemptions.find(({ alert, until }) => alert === rule.alert && until >= day)
  const { alert, file, line } = rule
  return { alert, file, line, state: stateOf(sighted, unitTested, exemption), unitTested, exemption, ...sighted }
}

function stateOf({ proofs, firedIn, loadedIn }: Sighted, unitTested: boolean, exemption: Exemption | undefined): RuleState {
  if (proofs.length > 0) return 'proven'
  if (exemption !== undefined) return 'exempt'
  if (firedIn.length > 0) return 'fired'
  if (unitTested) return 'unit-tested only'
  return loadedIn > 0 ? 'silent' : 'unloaded'
}

function noteOn({ alert, until }: Exemption, rules: readonly RuleCoverage[], day: string): readonly string[] {
  if (until < day) return [`the exemption of ${alert} ran out on ${until} and does not count`]
  const proven = rules.some((rule) => rule.alert === alert && rule.state === 'proven')
  return proven ? [`the exemption of ${alert} is not needed any more: it is proven`] : []
}

function faultCoverage(runs: readonly RunSeen[]): readonly FaultCoverage[] {
  const groups = Map.groupBy(runs.flatMap(({ faults }) => faults), ({ kind, target }) => `${kind} ${target}`)
  const rows = [...groups.values()].flatMap((own) => (own[0] === undefined ? [] : [faultRow(own[0], own)]))
  return rows.toSorted((a, b) => a.kind.localeCompare(b.kind) || a.target.localeCompare(b.target))
}

function faultRow({ kind, target }: FaultSeen, own: readonly FaultSeen[]): FaultCoverage {
  const fired = Map.groupBy(own.flatMap(({ alerts }) => alerts), (alert) => alert)
  const alerts = [...fired].map(([alert, times]) => ({ alert, drills: times.length })).toSorted((a, b) => b.drills - a.drills)
  const watched = own.filter((one) => one.watched).length
  const state = alerts.length > 0 ? 'alerts' : watched > 0 ? 'blind spot' : 'not seen'
  return { kind, target, state, applied: own.length, watched, heldMs: Math.max(...own.map(({ heldMs }) => heldMs)), alerts }
}
