// Two runs held against each other as a page: the worst first, in the words of the terminal, and safe from what it shows.
import { expect, test } from 'vitest'
import { compareRuns } from '../../checks/compare-runs.ts'
import { drillOf, firedIn, historyOfRun } from '../../checks/testing/histories.ts'
import { renderComparison } from './comparison-page.ts'
import { HOSTILE } from './testing/hostile.ts'
import { named, readPage, textIn } from './testing/read-page.ts'

const before = historyOfRun([firedIn(20)], { run: '1' })

function page(after: Parameters<typeof historyOfRun>): ReturnType<typeof readPage> {
  return readPage(renderComparison(compareRuns(before, historyOfRun(...after))))
}

test('what got worse, by how much, and what else differs', () => {
  const worse = page([[firedIn(200)], { run: '2', rules: { 'alerts/a.rules.yml': 'sha-2' } }])
  expect(textIn(named(worse, 'h1')[0] ?? '')).toBe('Worse : run 2 since 1')
  const text = textIn(named(worse, 'main')[0] ?? '')
  expect(text).toMatch(/Worse: 1 of it, .* the rules are not the same: alerts\/a\.rules\.yml .* 3 min longer, noise is 15\.0 s .* ▼ worse .* both slow$/)
})

test('the same again, and runs that have nothing in common', () => {
  expect(textIn(named(page([[firedIn(20)], { run: '2' }]), 'main')[0] ?? '')).toMatch(/^Nothing is worse .* None beyond noise\./)
  expect(textIn(named(page([[drillOf({ name: 'other' })], { run: '2' }]), 'main')[0] ?? '')).toMatch(/^Not comparable .* only before slow only now other$/)
})

test('hostile names are shown and do nothing', () => {
  const text = renderComparison(compareRuns(historyOfRun([drillOf({ name: HOSTILE })]), historyOfRun([drillOf({ name: HOSTILE, verdict: 'fail', because: HOSTILE })], { run: HOSTILE, command: HOSTILE, verdict: 'fail' })))
  expect(text).not.toContain('<img')
  expect(() => readPage(text)).not.toThrow()
})
