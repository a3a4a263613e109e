// Says where dividing durations changes what a query measures: values that count over real time while their thresholds
// stay.
import { findAll, textOf } from './promql-node.ts'
import { parseQuery } from './promql-tree.ts'

/** Their value grows with the range, or is itself an amount of time; rates and averages are not among them. */
const COUNTING = [
  'increase',
  'delta',
  'idelta',
  'changes',
  'resets',
  'count_over_time',
  'sum_over_time',
  'predict_linear',
  'time',
  'timestamp',
]

/**
 * Functions of the query whose result shrinks with accelerated time although the threshold beside them does not, each
 * once: `increase(errors[5m]) > 10` asks at 30x for ten errors in ten seconds. A report of an accelerated run should
 * name them.
 */
export function cautionsIn(expr: string): readonly string[] {
  const called = findAll(parseQuery(expr), ['FunctionIdentifier']).map(textOf)
  return [...new Set(called)].filter((name) => COUNTING.includes(name))
}
