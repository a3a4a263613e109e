// What the shape functions must get right: who is compared with what, what is read, and how late it can be noticed.
import { describe, expect, test } from 'vitest'
import { depthOf, type Recorded, selectorsOf, shapeOf, windowOf } from './promql-shape.ts'

describe('shapeOf', () => {
  const whole = (left: string, comparator: string, threshold: number) => ({
    left,
    comparator,
    threshold,
    partial: false,
  })

  test.each([
    ['up == 0', whole('up', '==', 0)],
    ['(sum by (service) (rate(x[5m])) / y > 0.8)', whole('sum by (service) (rate(x[5m])) / y', '>', 0.8)],
    ['0.5 < x', whole('x', '>', 0.5)],
    ['5 >= x', whole('x', '<=', 5)],
    ['x != -1', whole('x', '!=', -1)],
    ['x > 2 * 1024', whole('x', '>', 2048)],
    ['time() - x > 5m', whole('time() - x', '>', 300)],
    ['avg_over_time((x > bool 1)[5m:]) > 0.5', whole('avg_over_time((x > bool 1)[5m:])', '>', 0.5)],
    ['rate(x{path="a > 1"}[5m]) > 2 # not > 3', whole('rate(x{path="a > 1"}[5m])', '>', 2)],
  ])('splits %s', (expr, shape) => {
    expect(shapeOf(expr)).toEqual(shape)
  })

  test.each([
    ['a > 1 and b > 2', 'a', 1],
    ['(a > 1) or b', 'a', 1],
    ['a and on (service) b > 2', 'b', 2],
    ['a > 1 unless b > 2', 'a', 1],
    ['x > 1 < 7', 'x', 1],
    ['a > 1 and b > 2 or c > 3', 'a', 1],
  ])('takes the first comparison of %s and says that it is not all', (expr, left, threshold) => {
    expect(shapeOf(expr)).toEqual({ left, comparator: '>', threshold, partial: true })
  })

  test.each(['absent(x)', 'a > b', 'a unless b > 1', 'a > bool 1', 'a', 'sum(up == 0)', 'vector(1)'])(
    'cannot split %s',
    (expr) => {
      expect(shapeOf(expr)).toBeUndefined()
    },
  )
})

const RECORDS: readonly Recorded[] = [
  { record: 'svc:requests:rate5m', expr: 'sum by (service) (rate(requests_total[5m]))' },
  { record: 'svc:peak', expr: 'max_over_time(svc:requests:rate5m[10m])' },
  { record: 'svc:peak', expr: 'max_over_time(svc:requests:rate5m{service="auth"}[20m])' },
  { record: 'svc:now', expr: 'sum by (service) (in_flight)' },
]

describe('windowOf', () => {
  test.each([
    ['up == 0', 0],
    ['rate(x[5m]) > 1 or rate(y[1h30m]) > 2', 90],
    ['max_over_time(rate(x[5m])[30m:1m])', 35],
    ['rate(x[5m] offset 1h)', 65],
    ['x offset -1h', 0],
    ['x[300]', 5],
    ['x[2m * 2 + 60]', 5],
    ['svc:requests:rate5m > 1', 5],
    ['svc:peak{service="a"} > 1', 25],
    ['{__name__="svc:peak"}', 25],
    ['{"svc:peak"} offset 1m', 26],
    ['svc:now', 0],
  ])('of %s is %d minutes', (expr, minutes) => {
    expect(windowOf(expr, RECORDS)).toBe(minutes * 60_000)
  })
})

describe('depthOf', () => {
  test.each([
    ['up == 0', 0],
    ['svc:requests:rate5m > 1', 1],
    ['up and svc:peak > 1', 2],
    ['svc:requests:rate5m_other', 0],
    ['label_replace(up, "a", "svc:peak", "b", "")', 0],
  ])('of %s is %d', (expr, depth) => {
    expect(depthOf(expr, RECORDS)).toBe(depth)
  })

  test('a record computed from itself is named', () => {
    const circle = [
      { record: 'a', expr: 'b + 1' },
      { record: 'b', expr: 'a[5m]' },
    ]
    expect(() => depthOf('a', circle)).toThrow(/recording rule a is computed from itself/)
    expect(() => windowOf('a', circle)).toThrow(/computed from itself/)
  })
})

test('selectorsOf names each selector once, with its matchers', () => {
  expect(selectorsOf('rate(a{x="1", y=~"b|c"}[5m] offset 1m) / a{x="1", y=~"b|c"} > on () {__name__="z"}')).toEqual([
    'a{x="1", y=~"b|c"}',
    '{__name__="z"}',
  ])
})

test('a broken query is refused with its place', () => {
  expect(() => shapeOf('sum(rate(x[5m])')).toThrow(/not a PromQL query, at character 16/)
  expect(() => windowOf('', [])).toThrow(/not a PromQL query/)
  expect(() => windowOf('x[5x]', [])).toThrow(/not a PromQL query/)
})
