// From findings to one verdict: what was not gone through to its end, or not at all, is never a pass.
import { describe, expect, test } from 'vitest'
import type { AnyCriterion } from '../model/criterion.ts'
import type { Happening } from '../model/entry.ts'
import type { DrillRecord, RunRecord } from '../model/record.ts'
import { checks } from './index.ts'
import type { Checks } from './index.ts'
import { judgeDrill, judgeRun } from './judge.ts'
import { load, store } from './testing/evidence.ts'
import { aFaultRecord, aRecord, aRun, at } from './testing/records.ts'

const criteria: readonly AnyCriterion[] = [
  { kind: 'load-delivered', floor: 10 },
  { kind: 'nothing-lost', scenario: 'sample-processing' },
  { kind: 'recovers', within: '1m' },
]
const good = aRecord({ criteria, evidence: [load(), store(['acknowledged', 1, 9])] })
const lossy = aRecord({ criteria, evidence: [load(), store(['acknowledged', 0, 9])] })
const verdicts = (record: DrillRecord) => judgeDrill(record).findings.map(({ verdict }) => verdict)
const failure = {
  type: 'step-failed',
  step: 'read the store',
  code: 'PROBE_UNREACHABLE',
  message: 'no answer',
  hint: 'look',
} as const
const failed = { ...failure, v: 1, seq: 50, at: at(100) } as const
const closed = (reason: 'interrupted' | 'errored') =>
  ({ type: 'drill-closed', reason, v: 1, seq: 60, at: at(101) }) as const

describe('a drill', () => {
  test('passes with all its criteria', () => {
    expect(judgeDrill(good)).toMatchObject({
      verdict: 'pass',
      because: 'all 3 criteria hold',
      id: 'slow-database',
      name: 'slow-database',
    })
    expect(judgeDrill(good).findings[0]?.sentence).toBe('at least 10 operations per second are started in every phase')
  })

  test('fails with one of them', () => {
    const because = '1 of 3 criteria do not hold: samples: 9 of 9 acknowledged writes lost (such as S-1, S-2)'
    expect(judgeDrill(lossy)).toMatchObject({ verdict: 'fail', because })
  })

  test('without criteria is inconclusive', () => {
    expect(judgeDrill({ ...good, criteria: [] })).toMatchObject({
      verdict: 'inconclusive',
      because: 'nothing was asked of it',
    })
  })

  test.each<[string, Partial<DrillRecord>, string]>([
    ['interrupted', { closed: closed('interrupted') }, 'the drill was interrupted'],
    [
      'errored',
      { closed: closed('errored'), failures: [failed] },
      'the drill broke off: read the store failed (PROBE_UNREACHABLE): no answer. To do: look',
    ],
    ['cut off', { closed: undefined }, 'interrupted: the journal ends before the drill does'],
  ])('that was %s is inconclusive in everything, even where it had failed', (_, changes, because) => {
    const judged = judgeDrill({ ...lossy, ...changes })
    expect(judged).toMatchObject({ verdict: 'inconclusive', because })
    expect(judged.findings.map((finding) => [finding.verdict, finding.because])).toEqual(
      criteria.map(() => ['inconclusive', because]),
    )
  })

  test('says which step failed where data is lacking, and only there', () => {
    const { findings } = judgeDrill(aRecord({ criteria, evidence: [load()], failures: [failed] }))
    expect(findings.map(({ verdict }) => verdict)).toEqual(['pass', 'inconclusive', 'pass'])
    expect(findings[1]?.because).toBe(
      'no store was read for sample-processing; read the store failed (PROBE_UNREACHABLE): no answer. To do: look',
    )
    expect(findings[1]?.lines).toContain(50)
  })

  test('says nothing about a fault that was not proved, and goes on judging the rest', () => {
    const unproved = { faults: [aFaultRecord({ proof: undefined })] }
    expect(verdicts({ ...lossy, ...unproved })).toEqual(['pass', 'fail', 'inconclusive'])
    const during: readonly AnyCriterion[] = [
      { kind: 'alert-fires', alert: 'A' },
      { kind: 'trace-shows', edge: 'a->b' },
      { kind: 'value-holds', query: 'up', atLeast: 1 },
    ]
    const because = 'nothing can be said without the fault: latency on sample->postgres was applied but never proved'
    const { findings } = judgeDrill({ ...good, ...unproved, criteria: during })
    expect(findings.map((finding) => finding.because)).toEqual(during.map(() => because))
  })

  test('survives a check that crashes', () => {
    const crash = (): never => {
      throw new TypeError('x is undefined')
    }
    const table: Checks = { ...checks, recovers: { describe: crash, judge: crash } }
    const finding = judgeDrill(good, table).findings[2]
    expect(finding).toMatchObject({
      verdict: 'inconclusive',
      sentence: 'recovers (cannot be described: x is undefined)',
    })
    expect(finding?.because).toBe('the check recovers itself crashed, a defect of the harness: x is undefined')
  })
})

describe('a run', () => {
  const quiet = (changes: Partial<RunRecord> = {}) => judgeRun(aRun({ drills: [good], ...changes }))
  const close = (reason: 'interrupted' | 'errored') =>
    ({ type: 'run-closed', reason, v: 1, seq: 99, at: at(300) }) as const

  test('passes when all its drills do', () => {
    expect(quiet()).toMatchObject({ run: 'run-1', verdict: 'pass', because: 'the drill passes' })
  })

  test('fails when one of them does, however it ended', () => {
    expect(quiet({ drills: [good, { ...lossy, id: 'b' }], closed: undefined })).toMatchObject({
      verdict: 'fail',
      because: '1 of 2 drills failed',
    })
  })

  test('a drill that never started is inconclusive, with the reason', () => {
    const opened = aRun({ planned: ['slow-database', 'next#2'] }).opened
    const judged = quiet({ opened, failures: [failed], closed: close('errored') })
    expect(judged).toMatchObject({
      verdict: 'inconclusive',
      drills: [{ verdict: 'pass' }, { id: 'next#2', name: 'next', verdict: 'inconclusive' }],
    })
    expect(judged.drills[1]?.because).toBe(
      'never started: read the store failed (PROBE_UNREACHABLE)',
    )
  })

  test.each<[string, Partial<RunRecord>, string]>([
    [
      'the stack was never ready',
      { drills: [], failures: [failed] },
      'read the store failed (PROBE_UNREACHABLE): no answer. To do: look',
    ],
    ['it was interrupted', { closed: close('interrupted') }, 'the run was interrupted'],
    ['its journal breaks off', { closed: undefined }, 'interrupted: the journal ends before the run does'],
    ['there was no drill', { drills: [], opened: aRun({ planned: [] }).opened }, 'the run held no drill'],
  ])('is inconclusive when %s', (_, changes, because) => {
    expect(quiet(changes)).toMatchObject({ verdict: 'inconclusive', because })
  })

  test('may hold any happening at all', () => {
    const odd: Happening = { type: 'service-died', service: 'auth', how: 'SIGKILL', lastLines: [] }
    expect(judgeDrill(aRecord({ criteria, happenings: [odd] })).verdict).toBe('inconclusive')
  })
})
