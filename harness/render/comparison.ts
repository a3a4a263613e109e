// What changed between two runs, for a terminal: plain words, worst first. Pure.
import type { Change, ComparedRun, Comparison, Direction, TimeChange, VerdictTally } from '../model/comparison.ts'
import { isComparable, isWorse } from '../model/comparison.ts'
import { humanDuration } from '../model/duration.ts'
import { ALERT_TIMES } from '../model/run-history.ts'
import type { ConsoleOptions } from './console.ts'
import { flat } from './words.ts'

const COLOUR: Readonly<Record<Direction, string>> = { worse: '31', changed: '33', better: '32' }
const WIDTH = 'changed'.length

export function comparisonForConsole(comparison: Comparison, { colour = false }: ConsoleOptions = {}): string {
  const { before, after, notes, changes } = comparison
  const word = (direction: Direction) => {
    const padded = direction.toUpperCase().padEnd(WIDTH)
    return colour ? `\u001B[${COLOUR[direction]}m${padded}\u001B[0m` : padded
  }
  return [
    `before  ${headOf(before)}`,
    `now     ${headOf(after)}`,
    ...notes.map((note) => `note    ${flat(note)}`),
    ...(changes.length === 0 ? [] : ['']),
    ...changes.flatMap((change) => [`${word(change.direction)}  ${sayChange(change)}`, ...why(change, changes)]),
    '',
    summaryOf(comparison),
  ].join('\n')
}

function headOf({ run, at, runtime, acceleration, verdict, command }: ComparedRun): string {
  return flat(`${run}: ${verdict}, ${at.slice(0, 16).replace('T', ' ')} UTC, ${runtime}, ${acceleration}x, ${command}`)
}

export function sayChange(change: Change): string {
  if (change.kind === 'time') return sayTime(change)
  if (change.kind === 'alert') return `${change.drill}: ${change.alert} ${change.after}, before ${change.before}`
  const what = change.kind === 'run' ? 'the run' : flat([change.drill, change.criterion].filter(Boolean).join(': '))
  return `${what}: ${sayTally(change.after)}, before ${sayTally(change.before)}`
}

/** Labels as they stand in a rule. */
function sayTime({ drill, alert, labels = {}, time, beforeMs, afterMs, samples: [was, is], noiseMs, noise }: TimeChange): string {
  const set = Object.entries(labels).sort().map(([name, value]) => `${name}=${value}`)
  const named = `${alert}${set.length === 0 ? '' : `{${set.join(', ')}}`}`
  const step = `${humanDuration(Math.abs(afterMs - beforeMs))} ${afterMs > beforeMs ? 'longer' : 'shorter'}`
  const said = (ms: number, samples: number) => `${humanDuration(ms)}${samples === 1 ? '' : ` (median of ${samples})`}`
  return flat(`${drill}: ${named}, ${ALERT_TIMES[time]}: ${said(afterMs, is)}, before ${said(beforeMs, was)}: ${step}, noise is ${humanDuration(noiseMs)} (${noise})`)
}

/** `pass`, or `2 of 5 fail, 3 pass` of repeats. */
function sayTally(tally: VerdictTally): string {
  const parts = (['fail', 'inconclusive', 'pass'] as const).filter((verdict) => tally[verdict] > 0)
  const all = tally.pass + tally.fail + tally.inconclusive
  if (all === 1) return parts.join('')
  return parts.map((verdict) => (parts.length === 1 ? `all ${all} ${verdict}` : `${tally[verdict]} ${verdict}`)).join(', ')
}

/** Why it is worse; of a drill only where no criterion of it says so. */
function why(change: Change, changes: readonly Change[]): readonly string[] {
  if (change.direction !== 'worse' || change.kind === 'alert' || change.kind === 'time' || change.kind === 'run') return []
  const said = change.kind === 'drill' && changes.some(({ kind, direction, drill }) => kind === 'criterion' && direction === 'worse' && drill === change.drill)
  return said || change.because === '' ? [] : [`${' '.repeat(WIDTH + 4)}${flat(change.because)}`]
}

export function summaryOf(comparison: Comparison): string {
  const { common, onlyBefore, onlyAfter, changes, compared } = comparison
  const alone = [...(onlyBefore.length > 0 ? [`only before: ${onlyBefore.join(', ')}`] : []), ...(onlyAfter.length > 0 ? [`only now: ${onlyAfter.join(', ')}`] : [])]
  const aside = alone.length === 0 ? '' : `; not compared: ${alone.join('; ')}`
  if (!isComparable(comparison)) return `Not comparable: no drill was held by both runs${aside}`
  const of = (direction: Direction) => changes.filter((change) => change.direction === direction).length
  const head = isWorse(comparison) ? `Worse: ${of('worse')} of it` : 'Nothing is worse'
  return `${head}, ${of('better')} better, ${of('changed')} otherwise changed (${compared.claims === 0 ? '' : `${count(compared.claims, 'claim')}, `}${count(common.length, 'drill')}, ${count(compared.criteria, 'criterion', 'criteria')}, ${count(compared.times, 'time')} compared${aside})`
}

function count(amount: number, noun: string, plural = `${noun}s`): string {
  return `${amount} ${amount === 1 ? noun : plural}`
}
