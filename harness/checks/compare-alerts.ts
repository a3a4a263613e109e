// Which rules fired now and not before, and the reverse, drill by drill.
import type { AlertChange, AlertWord, Direction } from '../model/comparison.ts'
import type { DrillAlert, DrillHistory } from '../model/run-history.ts'
import type { Pair } from './compare-runs.ts'

export function alertChanges({ name, before, after }: Pair): readonly AlertChange[] {
  const alerts = [...new Set([...before, ...after].flatMap((drill) => drill.alerts.map(({ alert }) => alert)))].sort()
  return alerts.flatMap((alert): readonly AlertChange[] => {
    const [was, is] = [wordOf(alert, before), wordOf(alert, after)]
    return was === undefined || is === undefined || FIRED[was] === FIRED[is] ? [] : [{ kind: 'alert', direction: directionOf(was, is), drill: name, alert, before: was, after: is }]
  })
}

const FIRED: Readonly<Record<AlertWord, boolean>> = { 'fired as asked': true, missing: false, 'fired unasked': true, allowed: true, silent: false }

/**
 * The worst that it came to in any execution; undefined where no verdict was reached, nobody watched, or it
 * was firing before: then it was not silent. */
function wordOf(alert: string, drills: readonly DrillHistory[]): AlertWord | undefined {
  const seen = drills.flatMap(({ alerts }) => alerts.filter((one) => one.alert === alert))
  const asked = seen.flatMap((one) => one.asked)
  const judged = asked.filter(({ verdict }) => verdict !== 'inconclusive')
  const some = (pick: (one: DrillAlert) => number) => seen.some((one) => pick(one) > 0)
  if (some(({ unasked }) => unasked)) return 'fired unasked'
  if (judged.some(({ fired }) => !fired)) return 'missing'
  if (judged.length > 0) return 'fired as asked'
  if (asked.length > 0) return undefined
  if (some(({ allowed }) => allowed)) return 'allowed'
  if (some(({ early }) => early)) return undefined
  return drills.every(({ watched }) => watched) ? 'silent' : undefined
}

function directionOf(before: AlertWord, after: AlertWord): Direction {
  if (after === 'fired unasked' || after === 'missing') return 'worse'
  return before === 'fired unasked' || before === 'missing' ? 'better' : 'changed'
}
