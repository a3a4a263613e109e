// Holds two runs against each other: verdicts, alerts and times, of the drills that both held.
import type { AlertChange, Change, ComparedRun, Comparison, TimeChange, VerdictChange } from '../model/comparison.ts'
import type { DrillHistory, RunHistory } from '../model/run-history.ts'
import { alertChanges } from './compare-alerts.ts'
import { commonClaims, commonGates, gateChanges } from './compare-gates.ts'
import { comparedTimes } from './compare-times.ts'
import { criterionKeys, drillChange, criterionChanges, runChange } from './compare-verdicts.ts'

/** All executions of one drill in both runs. */
export interface Pair {
  readonly name: string
  readonly before: readonly DrillHistory[]
  readonly after: readonly DrillHistory[]
}

export function compareRuns(before: RunHistory, after: RunHistory): Comparison {
  const [own, others] = [namesOf(before), namesOf(after)]
  const common = own.filter((name) => others.includes(name))
  const pairs = common.map((name): Pair => ({ name, before: named(before, name), after: named(after, name) }))
  const sameDrills = common.length === own.length && common.length === others.length
  const gates = commonGates(before, after)
  const times = pairs.flatMap((pair) => comparedTimes(pair, before, after))
  const changes: readonly Change[] = [
    ...(common.length === 0 ? [] : runChange(before, after, sameDrills)),
    ...gates.flatMap(gateChanges),
    ...pairs.flatMap((pair) => [...drillChange(pair), ...criterionChanges(pair), ...alertChanges(pair)]),
    ...times.filter(({ direction }) => direction !== 'changed'),
  ]
  return {
    before: headOf(before),
    after: headOf(after),
    common,
    phases: gates.map(({ name }) => name),
    onlyBefore: own.filter((name) => !common.includes(name)),
    onlyAfter: others.filter((name) => !common.includes(name)),
    notes: notesOn(before, after),
    changes: changes.toSorted((a, b) => rankOf(a) - rankOf(b) || excessOf(b) - excessOf(a)),
    compared: { claims: gates.reduce((sum, gate) => sum + commonClaims(gate).length, 0), criteria: pairs.reduce((sum, pair) => sum + criterionKeys(pair).length, 0), times: times.length },
  }
}

function namesOf({ drills }: RunHistory): readonly string[] {
  return [...new Set(drills.map(({ name }) => name))]
}

function named({ drills }: RunHistory, name: string): readonly DrillHistory[] {
  return drills.filter((drill) => drill.name === name)
}

function headOf({ run, at, command, runtime, acceleration, verdict }: RunHistory): ComparedRun {
  return { run, at, command, runtime, acceleration, verdict }
}

function notesOn(before: RunHistory, after: RunHistory): readonly string[] {
  const differ = (a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>) => [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => a[name] !== b[name]).sort()
  const unknown = [before, after].filter(({ rules: own }) => Object.keys(own).length === 0)
  const rules = unknown.length > 0 ? [] : differ(before.rules, after.rules)
  const versions = before.runtime === after.runtime ? differ(before.versions, after.versions) : []
  const faster = before.acceleration !== after.acceleration
  return [
    ...(faster ? [`accelerated ${before.acceleration}x before and ${after.acceleration}x now: times are compared as those of production`] : []),
    ...(before.runtime === after.runtime ? [] : [`runtime ${before.runtime} before and ${after.runtime} now${faster ? '' : ': times are compared as those of production'}`]),
    ...unknown.map(({ run }) => `${run} did not record which rules it had`),
    ...(rules.length === 0 ? [] : [`the rules are not the same: ${rules.join(', ')}`]),
    ...(versions.length === 0 ? [] : [`other versions: ${versions.join(', ')}`]),
  ]
}

const DIRECTIONS = ['worse', 'changed', 'better']
const KINDS = ['run', 'phase', 'claim', 'drill', 'criterion', 'alert', 'time']

/** What got worse first; of verdicts those that fail now before those that cannot be judged. */
function rankOf(change: Change): number {
  const fails = 'after' in change && typeof change.after === 'object' && change.after.fail > 0 ? 0 : 1
  return DIRECTIONS.indexOf(change.direction) * 100 + KINDS.indexOf(change.kind) * 10 + fails
}

/** How far beyond noise. */
function excessOf(change: VerdictChange | AlertChange | TimeChange): number {
  return change.kind === 'time' ? Math.abs(change.afterMs - change.beforeMs) / Math.max(1, change.noiseMs) : 0
}
