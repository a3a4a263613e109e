// Does a measured value stay within its bounds, in every series and at every moment of a phase?
import { humanDuration } from '../model/duration.ts'
import type { CriterionOf } from '../model/criterion.ts'
import type { EvidenceOf } from '../model/evidence.ts'
import { evidenceOf, offsetOf } from '../model/record.ts'
import type { DrillRecord } from '../model/record.ts'
import { gapOf } from './coverage.ts'
import { fail, inconclusive, pass } from './outcome.ts'
import type { Check } from './outcome.ts'
import { count, sayLabels, sayNumber } from './wording.ts'

type Bounds = CriterionOf<'value-holds'>
type Value = EvidenceOf<'value'>['value']

export const valueHolds: Check<'value-holds'> = {
  describe: (criterion) =>
    `\`${criterion.query}\` stays ${sayBounds(criterion)} in the ${criterion.during ?? 'fault'} phase`,
  judge(criterion, record) {
    const phase = criterion.during ?? 'fault'
    const looks = evidenceOf(record, 'value').filter(
      ({ evidence: { value } }) => value.query === criterion.query && value.phase === phase,
    )
    const look = looks.at(-1)
    if (look === undefined) return inconclusive(`the value was never recorded in the ${phase} phase`)
    const { value } = look.evidence
    const lines = [look.seq]
    const points = pointsOf(value)
    const outside = points.filter(({ amount }) => violates(criterion, amount))
    if (outside.length > 0)
      return fail(sayViolations(outside, { criterion, of: points.length, from: value.window.from }), { lines })
    const doubt = doubtOf(criterion, { look: look.evidence, record, points })
    if (doubt !== undefined) return inconclusive(doubt, { lines })
    const seen = `${count(points.length, 'point')} of ${count(value.series.length, 'series')}`
    return pass(`${seen} ${sayRange(points)}, ${sayBounds(criterion)}`, { lines })
  },
}

interface Point {
  readonly t: number
  readonly amount: number
  readonly labels: Value['series'][number]['labels']
}

/** What is no number (0/0 is none, and JSON has no infinity) is no point: it is missing. */
function pointsOf(value: Value): readonly Point[] {
  return value.series.flatMap(({ labels, points }) =>
    points.filter(([, amount]) => Number.isFinite(amount)).map(([t, amount]) => ({ t, amount, labels })),
  )
}

function violates({ atLeast, atMost }: Bounds, amount: number): boolean {
  return amount < (atLeast ?? -Infinity) || amount > (atMost ?? Infinity)
}

interface Sight {
  readonly look: EvidenceOf<'value'>
  readonly record: DrillRecord
  readonly points: readonly Point[]
}

function doubtOf(criterion: Bounds, { look, record, points }: Sight): string | undefined {
  const { value } = look
  if (criterion.atLeast === undefined && criterion.atMost === undefined) return 'the criterion names no bound'
  const offset = offsetOf(record, 'prometheus')
  if (offset === undefined) return 'the clock of Prometheus was never compared with ours'
  const seen = { from: value.window.from - offset, to: value.window.to - offset }
  const gap = gapOf('values', look, { seen, needed: record.phases[value.phase] ?? seen })
  if (gap !== undefined) return gap
  if (value.series.length === 0) return `\`${value.query}\` matches nothing`
  const missing = value.series
    .map(({ points: own }) => own.filter(([, amount]) => !Number.isFinite(amount)).length)
    .find((holes) => holes > 0)
  if (missing !== undefined) return `${count(missing, 'point')} of a series held no number`
  const moments = new Set(points.map(({ t }) => t)).size
  // The window's own end may fall just before a sample.
  if (moments === 0 || moments < value.expectedPoints - 1)
    return `only ${moments} of ${count(value.expectedPoints, 'moment')} have a value`
  return undefined
}

function sayViolations(
  outside: readonly Point[],
  context: { readonly criterion: Bounds; readonly of: number; readonly from: number },
): string {
  const { criterion } = context
  const excess = ({ amount }: Point) =>
    Math.max((criterion.atLeast ?? -Infinity) - amount, amount - (criterion.atMost ?? Infinity))
  const worst = outside.toSorted((a, b) => excess(b) - excess(a))[0]
  if (worst === undefined) return ''
  const where = sayLabels(worst.labels)
  const when = `${humanDuration(Math.max(0, worst.t - context.from))} into the ${criterion.during ?? 'fault'} phase`
  const what = `${sayNumber(worst.amount)}${where && ` for ${where}`}`
  return `${outside.length} of ${count(context.of, 'point')} not ${sayBounds(criterion)}: ${what} ${when}`
}

function sayBounds({ atLeast, atMost }: Bounds): string {
  const bounds = [
    atLeast === undefined ? '' : `at least ${sayNumber(atLeast)}`,
    atMost === undefined ? '' : `at most ${sayNumber(atMost)}`,
  ]
  return bounds.filter(Boolean).join(' and ') || 'within no bound'
}

function sayRange(points: readonly Point[]): string {
  const amounts = points.map(({ amount }) => amount)
  const low = amounts.reduce((a, b) => Math.min(a, b), Infinity)
  const high = amounts.reduce((a, b) => Math.max(a, b), -Infinity)
  return low === high ? `at ${sayNumber(low)}` : `between ${sayNumber(low)} and ${sayNumber(high)}`
}
