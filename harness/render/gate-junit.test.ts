// One case per criterion; red for what blocks, and for nothing else.
import { expect, test } from 'vitest'
import type { GateJudgement } from '../model/gate-finding.ts'
import { renderJunit } from './junit.ts'
import { GATE } from './testing/gate.ts'
import { broken, brokenJudgement, judgement, record } from './testing/made-up.ts'

const renderGateJunit = (gates: readonly GateJudgement[]) => renderJunit(record, judgement, gates)
const xml = renderGateJunit([GATE])
const caseOf = (id: string) => xml.split('<testcase').find((part) => part.includes(`name="${id}:`)) ?? ''

test('the figures of a suite', () => {
  expect(xml).toContain('<testsuite name="phase-1" tests="7" failures="1" errors="2" skipped="3">')
})

test.each([
  ['shop-opens', '<system-out>'],
  ['shop-pays', '<failure message="till | drawer is *not* part of the stack" type="deployed">'],
  ['shop-counts', '<error message="nobody looked"'],
  ['shop-cleans', '<error message="left out: no broom"'],
  ['shop-shines', '<skipped message="fail: lamp is stopped"/>'],
  ['shop-smells', '<skipped message="undecidable: A smell has no figure."/>'],
  ['shop-lasts', '<skipped message="later: decided in the nightly profile"/>'],
])('%s is told by %s', (id, wanted) => {
  expect(caseOf(id)).toContain(wanted)
})

test('a strange character of a log does not break the file', () => {
  const nasty = GATE.findings.map((finding) => ({ ...finding, because: '<a> & \u0000' }))
  expect(renderGateJunit([{ ...GATE, findings: nasty }])).toContain('&lt;a&gt; &amp; \uFFFD')
})

test('what drills found is told by the criteria that ask for it', () => {
  expect(xml.match(/<testsuite /g)).toHaveLength(1)
})

test('a run that did not go to its end turns red, whatever its criteria say', () => {
  expect(renderJunit(broken, brokenJudgement, [{ ...GATE, findings: [] }])).toContain('<testcase classname="run" name="the run goes to its end"')
})
