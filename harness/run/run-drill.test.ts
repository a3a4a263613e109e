// A drill on a runtime that lacks one of its faults ends before anything is begun, and says why.
import { expect, test } from 'vitest'
import { judgeRun } from '../checks/judge.ts'
import { MINI_STACK } from '../drill/testing/mini-stack.ts'
import { foldRun } from '../journal/fold.ts'
import { drillSchema } from '../model/drill.ts'
import { JOURNAL_VERSION } from '../model/entry.ts'
import type { Entry, EntryOf, Happening } from '../model/entry.ts'
import { fakeClock } from '../time/clock.ts'
import { runDrill } from './run-drill.ts'
import type { Session } from './session.ts'

const DRILL = {
  ...drillSchema.parse({
    title: 'Is it told in time?',
    load: { scenario: 'buy', rate: '20/s', floor: '10/s' },
    faults: [
      { kind: 'crash', service: 'web', for: '5m' },
      { kind: 'disconnect', service: 'web', from: '6m', for: '5m' },
    ],
  }),
  name: 'cut-off',
  file: 'chaos/cut-off.ts',
}

/** The drill on the local runtime, as its journal has it. */
async function journalled(): Promise<readonly Happening[]> {
  const journal: Happening[] = []
  const session = { rig: { runtime: 'local', stack: MINI_STACK }, watched: true, world: { clock: fakeClock(), onLeft: () => undefined } }
  const stage = { session: session as unknown as Session, drill: DRILL, id: DRILL.name, signal: new AbortController().signal }
  await runDrill({ ...stage, append: (happening) => journal.push(happening) })
  return journal
}

test('FAULT_UNSUPPORTED names the fault and where it can be had; no load is started', async () => {
  const journal = await journalled()
  expect(journal.map(({ type }) => type)).toEqual(['drill-opened', 'step-failed', 'drill-closed'])
  expect(journal[1]).toMatchObject({
    code: 'FAULT_UNSUPPORTED',
    message: 'disconnect on web cannot be had on the local runtime, only on containers',
    hint: 'harness drill cut-off --runtime containers',
  })
  expect(journal[2]).toMatchObject({ reason: 'errored' })
})

test('the report says so, and the verdict is inconclusive', async () => {
  const entries = (await journalled()).map((happening, at): Entry => ({ ...happening, v: JOURNAL_VERSION, seq: at + 1, at, drillId: DRILL.name }))
  const opened = { run: 'r', drills: [DRILL.name], acceleration: 1 } as unknown as EntryOf<'run-opened'>
  const [judged] = judgeRun(foldRun(opened, entries)).drills
  expect(judged).toMatchObject({ verdict: 'inconclusive', because: expect.stringMatching(/FAULT_UNSUPPORTED.*disconnect on web.*only on containers/) })
})
