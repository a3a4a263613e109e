// Accelerating a query may change its durations and nothing else.
import { parser } from '@prometheus-io/lezer-promql'
import { describe, expect, test } from 'vitest'
import { accelerateQuery } from './accelerate-promql.ts'
import { durationsIn, parseQuery } from './promql-tree.ts'

const accelerate = (text: string, n: number, scrapeMs = 15_000) => accelerateQuery(text, { n, what: 'Rule', scrapeMs })

describe('each duration is divided where it stands', () => {
  test.each([
    ['rate(x[5m])', 'rate(x[10s])'],
    ['rate(x[1h30m])', 'rate(x[3m])'],
    ['rate(x[90s])', 'rate(x[3s])'],
    ['x[100s]', 'x[3s333ms]'],
    ['x[300]', 'x[10s]'],
    ['x[ 5m ]', 'x[ 10s ]'],
    ['x[2m * 2 + 60]', 'x[10s]'],
    ['rate(x[5m] offset 1h)', 'rate(x[10s] offset 2m)'],
    ['x offset -1h', 'x offset -2m'],
    ['max_over_time(rate(x[5m])[30m:1m])', 'max_over_time(rate(x[10s])[1m:2s])'],
    ['avg_over_time(x[30m:])', 'avg_over_time(x[1m:])'],
    ['rate(x[5m] @ 1609746000) + rate(x[5m] @ end())', 'rate(x[10s] @ 1609746000) + rate(x[10s] @ end())'],
    ['x[5m] @ 300 offset 5m', 'x[10s] @ 300 offset 10s'],
  ])('%s', (text, expected) => {
    expect(accelerate(text, 30)).toEqual({ text: expected, floors: [] })
  })
})

describe('what only looks like a duration stays', () => {
  test.each([
    'foo5m > 5m',
    'service:foo:rate5m{window="[5m]"}',
    'label_replace(x, "a", "[5m]", "b", "offset 5m")',
    'time() - x > 1h # older than [1h]',
    "x{a='5m'} == 300",
    'x @ 300',
  ])('%s', (text) => {
    expect(accelerate(text, 30).text).toBe(text)
  })

  test('a comment inside the query', () => {
    const text = 'rate(\n  x[5m] # over [5m]\n)'
    expect(accelerate(text, 30).text).toBe('rate(\n  x[10s] # over [5m]\n)')
  })
})

const SELECTORS = ['x', 'foo5m{a="[5m]", b!~"1h|2h"}', 'job:x:rate5m', '{__name__="x"}', '{"x.y", a="b"}']
const RANGES = ['1ms', '45s', '1m', '5m', '1h30m', '2d', '1w', '300', '1.5e2']
const CONTEXTS: readonly ((selector: string, range: string) => string)[] = [
  (s, r) => `rate(${s}[${r}])`,
  (s, r) => `sum by (service) (rate(${s}[${r}] offset ${r})) / 5 > 0.5`,
  (s, r) => `max_over_time(rate(${s}[${r}])[${r}:${r}] @ 5 offset -${r}) unless on (a) ${s} offset ${r}`,
  (s, r) => `histogram_quantile(0.95, sum by (le) (increase(${s}[${r}]))) > bool 5m and ${s}`,
  (s, r) => `count_over_time((${s} > 1)[${r}:]) # [${r}]`,
]
const QUERIES = CONTEXTS.flatMap((context) =>
  SELECTORS.flatMap((selector) => RANGES.map((range) => context(selector, range))),
)

test.each([1, 2, 7, 30, 33.3, 1_000, 100_000])(
  `${QUERIES.length} queries keep tree, literals outside durations and proportions at %dx`,
  (n) => {
    for (const query of QUERIES) {
      const result = accelerate(query, n).text
      expect(parser.parse(result).toString(), query).toBe(parser.parse(query).toString())
      expect(skeletonOf(result), query).toBe(skeletonOf(query))
      const [before, after] = [durationsIn(parseQuery(query)), durationsIn(parseQuery(result))]
      expect(after.map(({ kind }) => kind)).toEqual(before.map(({ kind }) => kind))
      for (const [index, { ms }] of before.entries())
        expect(Math.abs(after[index]?.ms ?? 0)).toBeGreaterThanOrEqual(Math.abs(ms / n) - 0.5)
    }
  },
)

test('once is the identity, also for what does not parse', () => {
  expect(accelerate('rate(x[1m30s]) >', 1)).toEqual({ text: 'rate(x[1m30s]) >', floors: [] })
})

describe('a range keeps four scrapes, or as many as it has in production', () => {
  test.each([
    ['no floor binds while scrapes shrink alike', 'rate(x[1m])', 30, 'rate(x[2s])', []],
    [
      'scrapes at their floor of 250 ms',
      'rate(x[1m])',
      120,
      'rate(x[1s])',
      [{ what: 'Rule [1m]', wanted: '500ms', used: '1s' }],
    ],
    [
      'a range of two scrapes keeps two',
      'rate(x[30s])',
      120,
      'rate(x[500ms])',
      [{ what: 'Rule [30s]', wanted: '250ms', used: '500ms' }],
    ],
    ['a wide range is wide enough', 'rate(x[5m])', 120, 'rate(x[2s500ms])', []],
  ])('%s', (_, text, n, expected, floors) => {
    expect(accelerate(text, n)).toEqual({ text: expected, floors })
  })

  test('floors are listed in the order of the query', () => {
    const { floors } = accelerate('rate(x[1m]) / rate(x[2m])', 1_000)
    expect(floors.map(({ what }) => what)).toEqual(['Rule [1m]', 'Rule [2m]'])
  })
})

test('a duration that depends on the asking is refused', () => {
  expect(() => accelerate('rate(x[step()])', 30)).toThrow(/step\(\) cannot be known before the query is asked/)
})

function skeletonOf(query: string): string {
  const slots = durationsIn(parseQuery(query)).toReversed()
  return slots.reduce((text, { from, to }) => `${text.slice(0, from)}_${text.slice(to)}`, query)
}
