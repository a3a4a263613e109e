// Only functions that count over time are cautioned against, not names that look like them.
import { expect, test } from 'vitest'
import { cautionsIn } from './promql-caution.ts'

test.each([
  ['increase(errors[5m]) > 10', ['increase']],
  ['time() - timestamp(backup) > 1d and time() > 0', ['time', 'timestamp']],
  ['max_over_time(changes(x[5m])[1h:]) > 3', ['changes']],
  ['rate(x[5m]) > 0.1', []],
  ['avg_over_time(increase{a="delta(x)"}[5m]) > 1 # time()', []],
  ['sum by (time) (time)', []],
])('%s', (expr, expected) => {
  expect(cautionsIn(expr)).toEqual(expected)
})
