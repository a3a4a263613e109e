// What got worse, what got better, what is only noise, and what cannot be compared.
import { describe, expect, test } from 'vitest'
import { isWorse } from '../model/comparison.ts'
import type { Change } from '../model/comparison.ts'
import type { DrillHistory, RunHistory } from '../model/run-history.ts'
import { compareRuns } from './compare-runs.ts'
import { anAlert, asked, drillOf, firedIn, historyOfRun, repeats } from './testing/histories.ts'

const failed = drillOf({ verdict: 'fail' })
const unclear = drillOf({ verdict: 'inconclusive' })
const passed = drillOf()

function changes(before: readonly DrillHistory[], after: readonly DrillHistory[], now: Partial<RunHistory> = {}): readonly Change[] {
  return compareRuns(historyOfRun(before), historyOfRun(after, now)).changes
}

const said = (all: readonly Change[]) => all.map(({ kind, direction }) => `${kind} ${direction}`)

test('the same twice: nothing changed, and nothing is worse', () => {
  const same = compareRuns(historyOfRun([firedIn(20, 30)]), historyOfRun([firedIn(20, 30)]))
  expect(same).toMatchObject({ changes: [], common: ['slow'], compared: { criteria: 1, times: 2 }, notes: [] })
  expect(isWorse(same)).toBe(false)
})

describe('a verdict', () => {
  test('that is worse is told of drill and criterion, with the reason', () => {
    expect(changes([passed], [failed])).toMatchObject([
      { kind: 'drill', direction: 'worse', drill: 'slow' },
      { kind: 'criterion', direction: 'worse', criterion: 'Slow fires', because: 'did not fire', before: { pass: 1 }, after: { fail: 1 } },
    ])
  })

  test('of the run is worse only when both held the same drills', () => {
    const other = drillOf({ id: 'other', name: 'other' })
    expect(changes([passed], [passed], { verdict: 'fail' })).toMatchObject([{ kind: 'run', direction: 'worse' }])
    expect(changes([passed], [passed, other], { verdict: 'fail' })).toMatchObject([{ kind: 'run', direction: 'changed' }])
  })

  test.each([
    ['pass to inconclusive', [passed], [unclear], 'worse'],
    ['inconclusive to fail', [unclear], [failed], 'worse'],
    ['fail to pass', [failed], [passed], 'better'],
    ['sometimes to never', repeats(passed, failed), repeats(failed, failed), 'worse'],
    ['always to sometimes', repeats(passed, passed), repeats(passed, failed), 'worse'],
  ])('from %s', (_, before, after, direction) => {
    expect(said(changes(before, after))).toEqual([`drill ${direction}`, `criterion ${direction}`])
  })

  test('that fails once more or once less of several is chance', () => {
    expect(changes(repeats(passed, passed, failed), repeats(passed, failed, failed))).toEqual([])
  })

  test('on a criterion that only one run asked for is not compared', () => {
    const criteria = [{ key: 'recovers', sentence: 'recovers', verdict: 'fail' as const }]
    expect(compareRuns(historyOfRun([passed]), historyOfRun([drillOf({ criteria })]))).toMatchObject({ changes: [], compared: { criteria: 0 } })
  })
})

describe('a rule', () => {
  const with1 = (changed: Parameters<typeof anAlert>[0], drill: Partial<DrillHistory> = {}) => drillOf({ alerts: [anAlert(changed)], ...drill })
  const alertOf = (before: DrillHistory, after: DrillHistory) => changes([before], [after]).find(({ kind }) => kind === 'alert')

  test('that fires unasked now is worse, the reverse better', () => {
    expect(alertOf(passed, with1({ unasked: 1 }))).toEqual({ kind: 'alert', direction: 'worse', drill: 'slow', alert: 'Slow', before: 'silent', after: 'fired unasked' })
    expect(alertOf(with1({ unasked: 1 }), passed)).toMatchObject({ direction: 'better', after: 'silent' })
  })

  test('that is missing now is worse, the reverse better', () => {
    expect(alertOf(with1({ asked: [asked(20)] }), with1({ asked: [asked()] }))).toMatchObject({ direction: 'worse', before: 'fired as asked', after: 'missing' })
    expect(alertOf(with1({ asked: [asked()] }), with1({ asked: [asked(20)] }))).toMatchObject({ direction: 'better' })
  })

  test('that was allowed to fire and did is only a change', () => {
    expect(alertOf(passed, with1({ allowed: 1 }))).toMatchObject({ direction: 'changed', after: 'allowed' })
  })

  test.each([
    ['nobody watched', drillOf({ watched: false })],
    ['it was firing before', with1({ early: 1 })],
    ['no verdict was reached', with1({ asked: [asked(undefined, { verdict: 'inconclusive' })] })],
  ])('is not called silent where %s', (_, after) => {
    expect(alertOf(with1({ allowed: 1 }), after)).toBeUndefined()
  })
})

describe('a time', () => {
  test('within one scrape and two evaluations is noise, beyond it is not', () => {
    expect(changes([firedIn(20)], [firedIn(35)])).toEqual([])
    expect(changes([firedIn(20)], [firedIn(36)])).toMatchObject([{ kind: 'time', direction: 'worse', beforeMs: 20_000, afterMs: 36_000, noiseMs: 15_000, noise: 'scrape and evaluations', samples: [1, 1] }])
    expect(said(changes([firedIn(36)], [firedIn(20)]))).toEqual(['time better'])
  })

  test('within the spread of repeats is noise', () => {
    expect(changes(repeats(firedIn(20), firedIn(60)), [firedIn(75)])).toEqual([])
    expect(changes(repeats(firedIn(20), firedIn(60)), repeats(firedIn(90), firedIn(82)))).toMatchObject([{ beforeMs: 40_000, afterMs: 86_000, noiseMs: 40_000, noise: 'repeats', samples: [2, 2] }])
  })

  test('of other accelerations is compared as that of production, with the noise of the coarser run', () => {
    const fast = (seconds: number) => historyOfRun([drillOf({ alerts: [anAlert({ asked: [asked(seconds)] })] })], { acceleration: 40, scrapeMs: 500, loaded: { Slow: 250 } })
    const slow = historyOfRun([drillOf({ alerts: [anAlert({ asked: [asked(20)] })] })])
    expect(compareRuns(slow, fast(1.5))).toMatchObject({ changes: [], notes: ['accelerated 1x before and 40x now: times are compared as those of production'] })
    expect(compareRuns(slow, fast(1.6)).changes).toMatchObject([{ beforeMs: 20_000, afterMs: 64_000, noiseMs: 40_000 }])
  })

  test('whose noise is not known is never too late', () => {
    expect(changes([firedIn(20)], [firedIn(900)], { scrapeMs: undefined })).toEqual([])
    expect(changes([firedIn(20)], [firedIn(900)], { loaded: {} })).toEqual([])
  })

  test('of what nobody could judge is not compared', () => {
    const open = drillOf({ alerts: [anAlert({ asked: [asked(900, { verdict: 'inconclusive' })] })] })
    expect(compareRuns(historyOfRun([open]), historyOfRun([open])).compared.times).toBe(0)
  })
})

test('worst first: what fails now, what cannot be judged, times by how far beyond noise, then what is better', () => {
  const named = (name: string, drill: DrillHistory) => ({ ...drill, id: name, name, criteria: [] })
  const before = [named('a', failed), named('b', firedIn(20)), named('c', firedIn(20)), named('d', passed), named('e', passed)]
  const after = [named('a', passed), named('b', firedIn(40)), named('c', firedIn(90)), named('d', unclear), named('e', failed)]
  expect(changes(before, after).map((change) => `${change.direction} ${change.drill}`)).toEqual(['worse e', 'worse d', 'worse c', 'worse b', 'better a'])
})

describe('runs', () => {
  test('without a drill in common are not comparable, and nothing is said of them', () => {
    const apart = compareRuns(historyOfRun([passed]), historyOfRun([drillOf({ id: 'other', name: 'other' })], { verdict: 'fail' }))
    expect(apart).toMatchObject({ common: [], onlyBefore: ['slow'], onlyAfter: ['other'], changes: [] })
    expect(isWorse(apart)).toBe(false)
  })

  test('of other runtimes, rules and versions are told apart', () => {
    const notes = (now: Partial<RunHistory>) => compareRuns(historyOfRun([passed], { versions: { k6: '1' } }), historyOfRun([passed], { versions: { k6: '1' }, ...now })).notes
    expect(notes({ runtime: 'containers' })).toEqual(['runtime local before and containers now: times are compared as those of production'])
    expect(notes({ rules: { 'alerts/a.rules.yml': 'sha-2' } })).toEqual(['the rules are not the same: alerts/a.rules.yml'])
    expect(notes({ rules: {}, run: 'run-2' })).toEqual(['run-2 did not record which rules it had'])
    expect(notes({ versions: { k6: '2' } })).toEqual(['other versions: k6'])
  })
})
