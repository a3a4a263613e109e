// The phases fit the system they judge, and answer every claim that was made, each once.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { gateJudges } from '../../harness/checks/gate/index.ts'
import { judgeGate } from '../../harness/checks/gate/judge-gate.ts'
import { readContent } from '../../harness/drill/read-content.ts'
import { formatProblem } from '../../harness/model/problem.ts'
import { readStack } from '../../harness/stack/compose-file.ts'

/** What the reports of the project claim, as they were counted. */
const CLAIMS = 89
const read = await readContent(readStack(join(import.meta.dirname, '../../compose/compose.yaml')))
const phases = read.content?.phases ?? []
const criteria = phases.flatMap((phase) => phase.criteria)

test('no problem anywhere', () => {
  expect(read.problems.map(formatProblem)).toEqual([])
  expect(phases.map(({ name }) => name)).toEqual(['phase-4', 'phase-5', 'phase-6', 'production'])
})

test('every claim is answered, and once', () => {
  const answered = criteria.flatMap(({ claims }) => claims).toSorted((a, b) => a - b)
  expect(answered).toEqual(Array.from({ length: CLAIMS }, (_, index) => index + 1))
})

test('every kind of check is put to use', () => {
  const used = new Set(criteria.flatMap(({ check }) => check?.kind ?? []))
  expect(Object.keys(gateJudges).filter((kind) => !used.has(kind as never))).toEqual([])
})

test('a smoke gate has something of every phase to decide', () => {
  for (const phase of phases) expect(phase.criteria.filter(({ weight, profile }) => weight === 'blocking' && profile === 'smoke').length).toBeGreaterThan(5)
})

test.each(phases)('nothing seen makes nothing of $name pass', (phase) => {
  const { findings, verdict } = judgeGate(phase, { drills: [], facts: [], profile: 'fidelity' })
  expect(verdict).toBe('inconclusive')
  expect(findings.filter((finding) => finding.verdict !== 'inconclusive')).toEqual([])
})
