// Which verdicts changed between two runs. Repeats count together: passed always, sometimes or never.
import type { VerdictChange, VerdictTally } from '../model/comparison.ts'
import type { DrillHistory, RunHistory } from '../model/run-history.ts'
import type { Verdict } from '../model/verdict.ts'
import type { Pair } from './compare-runs.ts'

/** The verdict of a run follows from its drills, so between runs of other drills it may differ without being worse. */
export function runChange(before: RunHistory, after: RunHistory, sameDrills: boolean): readonly VerdictChange[] {
  const change = changeOf([before.verdict], [after.verdict])
  if (change === undefined) return []
  return [{ kind: 'run', drill: '', ...change, ...(sameDrills ? {} : { direction: 'changed' }), because: after.because }]
}

export function drillChange({ name, before, after }: Pair): readonly VerdictChange[] {
  const change = changeOf(verdictsOf(before), verdictsOf(after))
  return change === undefined ? [] : [{ kind: 'drill', drill: name, ...change, because: worstOf(after)?.because ?? '' }]
}

export function criterionChanges(pair: Pair): readonly VerdictChange[] {
  return criterionKeys(pair).flatMap((key): readonly VerdictChange[] => {
    const [own, others] = [criteriaOf(pair.before, key), criteriaOf(pair.after, key)]
    const change = changeOf(verdictsOf(own), verdictsOf(others))
    const worst = worstOf(others)
    return change === undefined ? [] : [{ kind: 'criterion', drill: pair.name, criterion: worst?.sentence ?? key, ...change, because: worst?.because ?? '' }]
  })
}

/** What both runs asked of a drill. */
export function criterionKeys({ before, after }: Pair): readonly string[] {
  const keys = (drills: readonly DrillHistory[]) => [...new Set(drills.flatMap(({ criteria }) => criteria.map(({ key }) => key)))]
  const known = new Set(keys(after))
  return keys(before).filter((key) => known.has(key))
}

function criteriaOf(drills: readonly DrillHistory[], key: string) {
  return drills.flatMap(({ criteria }) => criteria.filter((one) => one.key === key))
}

interface Judged {
  readonly verdict: Verdict
}

function verdictsOf(all: readonly Judged[]): readonly Verdict[] {
  return all.map(({ verdict }) => verdict)
}

function worstOf<T extends Judged>(all: readonly T[]): T | undefined {
  return all.find(({ verdict }) => verdict === 'fail') ?? all.find(({ verdict }) => verdict === 'inconclusive') ?? all[0]
}

/** Undefined where nothing changed beyond chance. */
export function changeOf(before: readonly Verdict[], after: readonly Verdict[]): Pick<VerdictChange, 'direction' | 'before' | 'after'> | undefined {
  const [own, others] = [tallyOf(before), tallyOf(after)]
  const step = rankOf(others) - rankOf(own)
  return step === 0 ? undefined : { direction: step > 0 ? 'worse' : 'better', before: own, after: others }
}

function tallyOf(verdicts: readonly Verdict[]): VerdictTally {
  const of = (wanted: Verdict) => verdicts.filter((verdict) => verdict === wanted).length
  return { pass: of('pass'), fail: of('fail'), inconclusive: of('inconclusive') }
}

/** One failure more or less of several is chance; never passing any more is not. */
function rankOf({ pass, fail, inconclusive }: VerdictTally): number {
  const worst = fail > 0 ? 4 : inconclusive > 0 ? 2 : 0
  return worst === 0 || pass > 0 ? worst : worst + 1
}
