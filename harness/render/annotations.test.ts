// What GitHub is told: what keeps a phase from being ready, worst first, and nothing a message says can end its line.
import { expect, test } from 'vitest'
import { overallOf } from '../model/gate-finding.ts'
import { renderAnnotations } from './annotations.ts'
import { renderBadge } from './badge.ts'
import { GATE } from './testing/gate.ts'
import { judgement } from './testing/made-up.ts'

test('one error for each criterion that decides and did not pass, and the whole', () => {
  expect(renderAnnotations([GATE], overallOf(judgement, [GATE]))).toEqual([
    '::error title=phase-1 shop-pays%3A fail::The shop says shop-pays. till | drawer is *not* part of the stack (journal.jsonl:5-6, 9)',
    '::error title=phase-1 shop-counts%3A inconclusive::The shop says shop-counts. nobody looked',
    '::error title=phase-1 shop-cleans%3A skipped::The shop says shop-cleans. left out: no broom',
    '::error title=Not ready::phase-1: 1 of 4 blocking criteria failed, 2 not proved, 1 advisory failed, 1 left to a longer profile',
  ])
})

test('a phase that is ready is a notice', () => {
  const ready = { ...GATE, verdict: 'pass' as const, because: 'all passed', findings: [] }
  expect(renderAnnotations([ready], overallOf(judgement, [ready]))).toEqual(['::notice title=Ready::phase-1: all passed'])
})

test('what a system wrote stays inside its annotation', () => {
  const findings = GATE.findings.slice(1, 2).map((finding) => ({ ...finding, because: '100%\n::warning::gotcha' }))
  const [line] = renderAnnotations([{ ...GATE, findings }], { verdict: 'fail', because: 'x' })
  expect(line).toContain('100%25 ::warning::gotcha')
  expect(line).not.toContain('\n')
})

test('a badge says the verdict of the phases, or of the drills where there is none', () => {
  expect(JSON.parse(renderBadge(judgement, [GATE]))).toEqual({ schemaVersion: 1, label: 'phase-1', message: 'not ready', color: 'red', isError: true })
  expect(JSON.parse(renderBadge({ ...judgement, verdict: 'pass' }, []))).toEqual({ schemaVersion: 1, label: 'drills', message: 'ready', color: 'brightgreen', isError: false })
})
