// When silence of an alert may count, and when it may not.
import { expect, test } from 'vitest'
import { coverageGap, groupCoverage, type Evaluations } from './group-coverage.ts'
import type { LoadedGroup } from './loaded-rules.ts'

const group: LoadedGroup = { name: 'g', file: '/r.yml', interval: 1, rules: [] }
const window = { from: 100_000, to: 110_000 }

function seenAt(seconds: readonly number[], rule_group = '/r.yml;g') {
  return [{ labels: { rule_group }, points: seconds.map((second, index) => [100_000 + index, second] as const) }]
}

function evaluations(over: Partial<Evaluations>): Evaluations {
  return { window, scrapeMs: 1_000, groups: [group], evaluated: [], failures: [], ...over }
}

const everySecond = [100.2, 101.2, 102.2, 103.2, 104.2, 105.2, 106.2, 107.2, 108.2, 109.2]

test('regular evaluation covers the window; each counts once however often it was scraped', () => {
  const asked = evaluations({ evaluated: seenAt(everySecond.flatMap((second) => [second, second, second])) })
  expect(groupCoverage(asked)).toEqual([{ group: 'g', intervalMs: 1_000, evaluations: 10, longestGapMs: 1_000 }])
  expect(coverageGap(asked)).toBeUndefined()
})

test('evaluations before the window do not count', () => {
  const asked = evaluations({ evaluated: seenAt([0, 99.9, ...everySecond]) })
  expect(groupCoverage(asked)[0]?.evaluations).toBe(10)
})

test.each([
  ['in the middle', [...everySecond.slice(0, 3), ...everySecond.slice(-2)], 6_000],
  ['at the start', everySecond.slice(5), 5_200],
  ['at the end', everySecond.slice(0, 4), 6_800],
])('a hole %s is not covered', (_, seconds, gap) => {
  const asked = evaluations({ evaluated: seenAt(seconds) })
  expect(groupCoverage(asked)[0]?.longestGapMs).toBe(gap)
  expect(coverageGap(asked)).toBe(`Prometheus did not evaluate group g for ${gap / 1_000} s (interval 1 s)`)
})

test('a gap of exactly four intervals and one scrape is still covered', () => {
  expect(coverageGap(evaluations({ evaluated: seenAt([100, 105, 110]) }))).toBeUndefined()
  expect(coverageGap(evaluations({ evaluated: seenAt([100, 105.001, 110]) }))).toContain('did not evaluate')
})

test('a window too short to show a hole is not covered without an evaluation in it', () => {
  const short = { from: 100_000, to: 101_000 }
  expect(coverageGap(evaluations({ window: short, evaluated: seenAt([99]) }))).toContain('did not evaluate group g')
  expect(coverageGap(evaluations({ window: short, evaluated: seenAt([100.5]) }))).toBeUndefined()
})

test('a Prometheus that does not scrape itself, or has no rules, covers nothing', () => {
  expect(coverageGap(evaluations({}))).toContain('does not scrape itself')
  expect(coverageGap(evaluations({ groups: [], evaluated: seenAt(everySecond) }))).toBe('Prometheus has no rule group loaded')
})

test('one group without evaluations spoils the window, whatever the others do', () => {
  const other = { ...group, name: 'other' }
  expect(coverageGap(evaluations({ groups: [group, other], evaluated: seenAt(everySecond) }))).toContain('group other for 10 s')
})

test('of two files with a group of the same name the worse one counts', () => {
  const twin = { ...group, file: '/s.yml' }
  const evaluated = [...seenAt(everySecond), ...seenAt([100], '/s.yml;g')]
  const coverage = groupCoverage(evaluations({ groups: [group, twin], evaluated }))
  expect(coverage).toEqual([{ group: 'g', intervalMs: 1_000, evaluations: 1, longestGapMs: 10_000 }])
})

test('a rule that failed to be evaluated was not silent', () => {
  const evaluated = seenAt(everySecond)
  const failed = (...counts: readonly number[]) => groupCoverage(evaluations({ evaluated, failures: seenAt(counts) })).map((one) => one.failed)
  expect(failed(3, 3, 3)).toEqual([undefined])
  expect(failed(5, 0, 0)).toEqual([undefined])
  expect(failed(3, 3, 4)).toEqual([true])
  expect(failed(5, 0, 2)).toEqual([true])
  expect(coverageGap(evaluations({ evaluated, failures: seenAt([3, 3, 4]) }))).toBeUndefined()
})

test('of two files with a group of the same name one that failed is enough', () => {
  const twin = { ...group, file: '/s.yml' }
  const failures = seenAt([3, 4])
  const asked = evaluations({ groups: [group, twin], evaluated: seenAt(everySecond), failures })
  expect(groupCoverage(asked)).toMatchObject([{ group: 'g', failed: true, evaluations: 0 }])
})
