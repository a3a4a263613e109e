// A small made-up run for the tests of the renderers, with texts that want to break every format.
import type { Judgement } from '../../model/finding.ts'
import type { RunRecord } from '../../model/record.ts'
import { alerts, clock, delivery, load, spell } from '../../checks/testing/evidence.ts'
import { aRecord, aRun, at } from '../../checks/testing/records.ts'

const died = { type: 'service-died', service: 'auth', how: 'SIGKILL', lastLines: ['<boom> | \u0007 *'] } as const
const bad = (second: number) => (second >= 62 && second < 122 ? { good: 4, bad: 16 } : {})
const chain = alerts(spell('pending', [70, 79]), spell('firing', [80, 125]))
const faulty = aRecord({
  acceleration: 30,
  evidence: [clock(), load(bad), chain, delivery(83, 'firing'), delivery(131, 'resolved')],
  happenings: [died],
})
const run = aRun({
  drills: [faulty, aRecord({ id: 'quiet', acceleration: 30 })],
  planned: ['slow-database', 'quiet', 'next'],
})
const floors = [{ what: 'evaluation interval', wanted: '500ms', used: '1s' }]

export const record: RunRecord = { ...run, opened: { ...run.opened, acceleration: 30, floors } }

const expected = { kind: 'alert-fires', alert: 'SlowResponseTime', receiver: 'backend' } as const
export const judgement: Judgement = {
  run: 'run-1',
  verdict: 'fail',
  because: '1 of 3 drills failed',
  drills: [
    {
      id: 'slow-database',
      name: 'slow-database',
      title: 'If the database answers late, are we told?',
      verdict: 'fail',
      because: '2 of 3 criteria do not hold',
      findings: [
        {
          criterion: { kind: 'nothing-dies' },
          sentence: 'no service ends by itself',
          verdict: 'fail',
          because: 'auth ended by itself with SIGKILL in the recovery phase, 2 min after the fault: <boom> | \u0007 *',
          times: [],
          lines: [106],
        },
        {
          criterion: expected,
          sentence: 'SlowResponseTime fires',
          verdict: 'pass',
          because: 'pending 10.0 s after the fault',
          times: [
            { name: 'fault to pending', ms: 10_000, limitMs: 15_000 },
            { name: 'fault to firing', ms: 20_040 },
          ],
          lines: [103, 104, 105],
        },
        {
          criterion: { kind: 'nothing-lost', scenario: 's' },
          sentence: 'every write of `a|b` is kept',
          verdict: 'fail',
          because: 'lost <2> *of* 9 | see\n"log" & \u0007',
          times: [],
          lines: [7],
        },
      ],
    },
    {
      id: 'quiet',
      name: 'quiet',
      title: 'Is all quiet?',
      verdict: 'pass',
      because: 'its criterion holds',
      findings: [],
    },
    { id: 'next', name: 'next', title: 'next', verdict: 'inconclusive', because: 'never started', findings: [] },
  ],
}

/** The same run, broken off before its first drill. */
export const broken: RunRecord = {
  ...aRun({ drills: [], planned: ['slow-database'] }),
  closed: undefined,
  tornLines: 1,
  failures: [
    {
      v: 1,
      seq: 3,
      at: at(1),
      type: 'step-failed',
      step: 'stack',
      code: 'STACK_NOT_READY',
      message: 'auth is down',
      hint: 'read its log',
    },
  ],
}
export const brokenJudgement: Judgement = {
  run: 'run-1',
  verdict: 'inconclusive',
  because: 'stack failed (STACK_NOT_READY): auth is down',
  drills: [
    {
      id: 'slow-database',
      name: 'slow-database',
      title: 'slow-database',
      verdict: 'inconclusive',
      because: 'never started',
      findings: [],
    },
  ],
}
