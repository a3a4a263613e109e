// The example for a claim about tracing is the whole trace that shows most of what the claim speaks of.
import { expect, test } from 'vitest'
import { aCheck } from '../../checks/testing/gate.ts'
import { span, trace, traces } from '../../checks/testing/evidence.ts'
import { aRecord, aRun } from '../../checks/testing/records.ts'
import { judgeRun } from '../../checks/judge.ts'
import type { GateJudgement } from '../../model/gate-finding.ts'
import { GATE } from '../testing/gate.ts'
import { textOf } from './markup.ts'
import { shownOf } from './shown.ts'
import { named, readPage, textIn } from './testing/read-page.ts'
import { fullest, tracedExamples } from './traced-examples.ts'

const check = aCheck({ kind: 'traced', services: ['sample', 'auth'], edges: ['sample->postgres', 'sample->auth'] })
const server = span('sample', 'server', { ms: 300 })
const query = span('sample', 'client', { parent: server.id, peer: 'postgresql', ms: 20, name: 'SELECT' })
const call = span('sample', 'client', { parent: server.id, peer: 'auth', ms: 9 })
const taken = span('auth', 'server', { parent: call.id, ms: 8 })

test('most services and calls first, then the longest; one that is not whole is no example', () => {
  const [long, full, torn] = [trace('long', [server, query, query, query]), trace('full', [server, call, taken]), trace('torn', [server, query, call, taken], { complete: false })]
  expect(fullest(check, [long, full, torn])?.id).toBe('full')
  expect(fullest(check, [trace('short', [server, query]), long])?.id).toBe('long')
  expect(fullest(check, [torn])).toBeUndefined()
})

function examplesOf(all: readonly ReturnType<typeof trace>[]) {
  const findings = GATE.findings.flatMap((finding) => (finding.criterion.id === 'shop-pays' ? [{ ...finding, criterion: { ...finding.criterion, check } }] : []))
  const gate: GateJudgement = { ...GATE, findings }
  const run = aRun({ drills: [aRecord({ evidence: [traces(all)] })] })
  return readPage(textOf(tracedExamples(gate, shownOf(run, judgeRun(run), [gate]))))
}

test('the calls that the claim names say so; without a trace that is said', () => {
  const page = examplesOf([trace('t', [server, call, taken])])
  expect(named(page, 'tr').slice(1).map(textIn)).toEqual([expect.stringMatching(/^sample: (?!.*asked for)/), expect.stringMatching(/asked for client/), expect.stringMatching(/^auth: (?!.*asked for)/)])
  expect(textIn(examplesOf([]))).toMatch(/✕ fail The shop says shop-pays\. The drills of this run recorded no whole trace\.$/)
})
