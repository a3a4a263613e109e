// The values that a drill sets bounds to, against those bounds.
import type { CriterionOf } from '../../model/criterion.ts'
import { evidenceOf, offsetOf } from '../../model/record.ts'
import type { DrillRecord } from '../../model/record.ts'
import { numeral } from './curve.ts'
import type { Point } from './curve.ts'
import { measureLane } from './measure.ts'
import type { Limit } from './measure.ts'
import { isOn } from './plot.ts'
import type { Axis, Lane } from './plot.ts'

const MOST_SERIES = 6

export function boundLanes(record: DrillRecord, axis: Axis): readonly Lane[] {
  return record.criteria.flatMap((criterion) => (criterion.kind === 'value-holds' ? laneOf(criterion, record, axis) : []))
}

function laneOf(criterion: CriterionOf<'value-holds'>, record: DrillRecord, axis: Axis): readonly Lane[] {
  const phase = criterion.during ?? 'fault'
  const offset = offsetOf(record, 'prometheus') ?? 0
  const looks = evidenceOf(record, 'value').map(({ evidence }) => evidence.value)
  const series = looks.findLast((look) => look.query === criterion.query && look.phase === phase)?.series ?? []
  const drawn = series.slice(0, MOST_SERIES).map(({ points }) => ({ wanted: true, points: points.map(([t, value]): Point => [t - offset, value]) }))
  const values = drawn.flatMap(({ points }) => points.filter(([t]) => isOn(axis, { from: t, to: t })).map(([, value]) => value)).filter(Number.isFinite)
  return values.length === 0 ? [] : [measureLane(criterion.query, limitsOf(criterion), { axis, drawn, values })]
}

function limitsOf({ atLeast, atMost }: CriterionOf<'value-holds'>): readonly Limit[] {
  const least = atLeast === undefined ? [] : [{ value: atLeast, words: `at least ${numeral(atLeast)}` }]
  return [...least, ...(atMost === undefined ? [] : [{ value: atMost, words: `at most ${numeral(atMost)}` }])]
}
