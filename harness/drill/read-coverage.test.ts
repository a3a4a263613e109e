// What stands beside the rules: tests that expect an alert, exemptions and their mistakes, and the files a rule is made of.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { formatProblem } from '../model/problem.ts'
import { readBeside } from './read-coverage.ts'
import { readExemptions } from './read-exemptions.ts'
import { readRuleTests } from './read-rule-tests.ts'
import { sourcesOf } from './rule-sources.ts'

const exempted = (text: string) => readExemptions({ file: 'alerts/exempt.yml', text }, ['DiskFull', 'ServiceDown'])
const problemsOf = (text: string) => exempted(text).problems.map(formatProblem)

test('only a case that expects an alert shows that it can fire', () => {
  const text = `tests:
  - alert_rule_test:
      - { eval_time: 1m, alertname: Quiet, exp_alerts: [] }
      - { eval_time: 1m, alertname: Loud, exp_alerts: [{ exp_labels: { team: platform, shard: 1 } }] }
  - promql_expr_test: []`
  expect(readRuleTests([{ file: 'a.rules.test.yml', text }])).toEqual({ expected: [{ alert: 'Loud', labels: { team: 'platform', shard: '1' } }], problems: [] })
})

test('a test file that is none is named', () => {
  expect(readRuleTests([{ file: 'a.rules.test.yml', text: 'tests: [{ alert_rule_test: [{ eval_time: 1m }] }]' }]).problems[0]).toMatchObject({ file: 'a.rules.test.yml', what: 'alertname is missing in tests.0.alert_rule_test.0' })
})

test('exemptions are read', () => {
  const text = 'exempt:\n  - { alert: DiskFull, reason: no disk of its own here, until: 2026-12-31 }'
  expect(exempted(text)).toEqual({ exemptions: [{ alert: 'DiskFull', reason: 'no disk of its own here', until: '2026-12-31' }], problems: [] })
})

test('every mistake in them is told with its line and a remedy', () => {
  expect(problemsOf('exempt:\n  - alert: DiskFull\n    reason: because\n    until: soon\n    who: me')).toEqual([
    expect.stringMatching(/^alerts\/exempt\.yml:3: exempt\.0\.reason is "because"\. Fix: write a length of at least 10$/),
    expect.stringMatching(/^alerts\/exempt\.yml:4: exempt\.0\.until is "soon"\. Fix: write a day such as 2026-12-31$/),
    expect.stringMatching(/^alerts\/exempt\.yml:5: unknown key who in exempt\.0/),
  ])
  expect(problemsOf('exempt:\n  - { alert: DiskFull, reason: no disk of its own here }')[0]).toContain('until is missing in exempt.0. Fix: add it: the last day on which it counts')
  expect(problemsOf('- DiskFull')[0]).toContain('alerts/exempt.yml:1: the whole file is a list')
  expect(problemsOf('')[0]).toContain('alerts/exempt.yml:1: the whole file is')
})

test('one of a rule that is not there, and a second one, are mistakes', () => {
  const one = (alert: string) => `  - { alert: ${alert}, reason: no disk of its own here, until: 2026-12-31 }\n`
  expect(problemsOf(`exempt:\n${one('DiskFul')}${one('ServiceDown')}${one('ServiceDown')}`)).toEqual([
    'alerts/exempt.yml:2: no rule raises DiskFul. Fix: did you mean DiskFull?',
    'alerts/exempt.yml:4: ServiceDown is exempt already, on line 3. Fix: keep one of them',
  ])
})

test('nobody has to exempt anything, nor to test', () => {
  const directory = mkdtempSync(join(tmpdir(), 'beside-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  expect(readBeside(directory, [])).toEqual({ expected: [], exemptions: [], problems: [] })
  writeFileSync(join(directory, 'exempt.yml'), 'exempt: []')
  expect(readBeside(directory, [])).toEqual({ expected: [], exemptions: [], problems: [] })
})

test('a rule is made of its own file and of those that record what it reads', () => {
  const rules = (...own: readonly string[]) => `groups: [{ name: g, rules: [${own.join(', ')}] }]`
  const texts = [
    { file: 'a.rules.yml', text: rules('{ alert: Slow, expr: x }') },
    { file: 'b.rules.yml', text: rules("{ record: 'job:p95', expr: 'job:buckets / 2' }") },
    { file: 'c.rules.yml', text: rules("{ record: 'job:buckets', expr: 'job:p95 offset 1h + raw' }") },
    { file: 'd.rules.yml', text: rules("{ record: 'job:p95:worst', expr: raw }") },
  ]
  const sources = sourcesOf(texts)
  expect(sources({ file: 'a.rules.yml', expr: 'job:p95{job="x"} > 1' })).toEqual(['a.rules.yml', 'b.rules.yml', 'c.rules.yml'])
  expect(sources({ file: 'a.rules.yml', expr: 'raw > 1' })).toEqual(['a.rules.yml'])
})
