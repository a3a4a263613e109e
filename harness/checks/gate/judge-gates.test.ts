// A phase judged from the record of a run: its drills, its own looks, the load of a drill; and a run that was cut short.
import { expect, test } from 'vitest'
import type { Entry, Happening } from '../../model/entry.ts'
import type { LoadBucket } from '../../model/evidence.ts'
import type { GateLook } from '../../model/gate-evidence.ts'
import { phaseSchema } from '../../model/phase.ts'
import type { GateCheck } from '../../model/gate-check.ts'
import type { LoadedPhase } from '../../model/phase.ts'
import type { RunRecord } from '../../model/record.ts'
import { judgeRun } from '../judge.ts'
import { aDrill, aRecord, aRun, at, END } from '../testing/records.ts'
import { judgeGates } from './judge-gates.ts'

function aPhase(name: string, ...checks: readonly GateCheck[]): LoadedPhase {
  const criteria = checks.map((check, index) => ({ id: `c-${index + 1}`, claim: 'The shop is open.', source: 'report', question: 'Is it open?', weight: 'blocking', check }))
  return { ...phaseSchema.parse({ name, title: 'Is the shop open?', criteria }), file: `${name}.ts` }
}

const web: GateCheck = { kind: 'deployed', services: ['web'] }
const look = (criterion: string, state = 'running'): GateLook => ({ criterion, kind: 'deployed', covered: true, value: [{ service: 'web', state }] })
const opened = (phase: LoadedPhase, skipped = {}): Happening => ({ type: 'gate-opened', phase, profile: 'nightly', skipped })
const looked = (phase: string, one: GateLook): Happening => ({ type: 'gate-look', phase, look: one })

const bucket = (second: number, changes: Partial<LoadBucket> = {}): LoadBucket => ({ t: at(second), invoked: 20, good: 20, bad: 0, unknown: 0, p50: 10, p95: 40, ...changes })

function aGateRun(happenings: readonly Happening[], changes: Partial<RunRecord> = {}): RunRecord {
  const buckets = Array.from({ length: END }, (_, second) => bucket(second, second === 90 ? { good: 10, bad: 10 } : {}))
  const evidence = { probe: 'load', covered: true, value: { window: { from: at(0), to: at(END) }, buckets } } as const
  const record = aRecord({ drill: aDrill({ tags: ['smoke'] }), criteria: [{ kind: 'faults-proved' }], evidence: [evidence as never] })
  const run = aRun({ drills: [record] })
  const entries = happenings.map((happening, index) => ({ v: 1, seq: 500 + index, at: at(END), ...happening }) as Entry)
  return { ...run, entries: [...run.entries, ...entries], ...changes }
}

const judged = (run: RunRecord) => judgeGates(run, judgeRun(run))

test('a look counts for its own phase and criterion, and is named by its line', () => {
  const run = aGateRun([opened(aPhase('phase-1', web)), opened(aPhase('phase-2', web)), looked('phase-1', look('c-1'))])
  expect(judged(run).map(({ phase, verdict, findings }) => [phase, verdict, findings[0]?.lines])).toEqual([
    ['phase-1', 'pass', [502]],
    ['phase-2', 'inconclusive', []],
  ])
})

test('drills of the run, by name and by tag', () => {
  const phase = aPhase('phase-1', { kind: 'drill', drills: ['slow-database'], criterion: 'recovers' }, { kind: 'drill', tag: 'smoke' }, { kind: 'drill', drills: ['quiet'] })
  const [gate] = judged(aGateRun([opened(phase)]))
  expect(gate?.findings.map(({ verdict, because }) => [verdict, because])).toEqual([['inconclusive', 'slow-database says nothing of recovers'], ['pass', '1 drill passed: slow-database'], ['inconclusive', 'quiet was not run']])
})

test('the load of a drill, its fault included', () => {
  const strict = { kind: 'load', drill: 'slow-database', good: 0.999, p95: '100ms' } satisfies GateCheck
  const [gate] = judged(aGateRun([opened(aPhase('phase-1', strict, { ...strict, good: 0.99 }, { ...strict, drill: 'quiet' }))]))
  expect(gate?.findings.map(({ verdict }) => verdict)).toEqual(['fail', 'pass', 'inconclusive'])
  expect(gate?.findings[0]?.because).toMatch(/^99\.7 % of \d+ operations were answered as promised, wanted 99\.9 %$/)
})

test('skipped as it was written down', () => {
  const [gate] = judged(aGateRun([opened(aPhase('phase-1', web), { 'c-1': 'no time' }), looked('phase-1', look('c-1'))]))
  expect(gate).toMatchObject({ verdict: 'inconclusive', findings: [{ how: 'skipped', because: 'left out: no time' }] })
})

test('a run that was cut short makes nothing ready, and hides no failure', () => {
  const interrupted = { closed: { v: 1, seq: 999, at: at(END), type: 'run-closed', reason: 'interrupted' } } as const
  const happenings = (state: string) => [opened(aPhase('phase-1', web)), looked('phase-1', look('c-1', state))]
  expect(judged(aGateRun(happenings('running'), interrupted))[0]).toMatchObject({ verdict: 'inconclusive', because: 'the run was interrupted; 1 of 1 blocking criteria passed' })
  expect(judged(aGateRun(happenings('running'), { closed: undefined }))[0]?.because).toBe('the journal ends before the run does; 1 of 1 blocking criteria passed')
  expect(judged(aGateRun(happenings('stopped'), interrupted))[0]?.verdict).toBe('fail')
})

test('a run for no phase has no gate', () => {
  expect(judged(aGateRun([]))).toEqual([])
})
