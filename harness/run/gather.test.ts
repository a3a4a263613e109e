// What is asked of Prometheus is asked in its time; what the load tells stays in ours.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { aRule, clock, rules } from '../checks/testing/evidence.ts'
import { aDrill } from '../checks/testing/records.ts'
import type { Happening } from '../model/entry.ts'
import type { Evidence } from '../model/evidence.ts'
import { deadAddress } from '../probes/testing/fake-observer.ts'
import { contextAt } from '../probes/testing/fake-rig.ts'
import { gatherAfter, onClockOf } from './gather.ts'
import type { DrillStage } from './run-drill.ts'

const window = { from: 10_000, to: 20_000 }
const criteria = [
  { kind: 'alert-fires', alert: aRule.alert },
  { kind: 'value-holds', query: 'up', atLeast: 1 },
] as const

test.each([
  [3_000, { from: 13_000, to: 23_000 }],
  [0, window],
  [-3_000, { from: 7_000, to: 17_000 }],
])('a clock %i ms ahead of ours shows our window as %o', (offsetMs, theirs) => {
  expect(onClockOf(window, clock(offsetMs))).toEqual(theirs)
})

/** Of an observer that does not answer: the evidence tells what it was asked all the same. */
async function gathered(offsetMs: number): Promise<ReadonlyMap<string, Evidence['value']>> {
  const directory = mkdtempSync(join(tmpdir(), 'gather-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const history = join(directory, 'history.jsonl')
  writeFileSync(history, '')
  const { rig, clock: time, signal } = contextAt(await deadAddress(), { hurried: true })
  const seen = new Map<string, Evidence['value']>()
  const append = (happening: Happening) => {
    if (happening.type === 'evidence') seen.set(happening.evidence.probe, happening.evidence.value)
  }
  // Of a stage only this much is looked at here.
  const stage = { session: { rig, world: { clock: time } }, drill: aDrill({ criteria: [...criteria] }), append, signal }
  const windows = { baseline: { from: 5_000, to: 10_000 }, fault: window }
  await gatherAfter(stage as unknown as DrillStage, { rules: rules(), clock: clock(offsetMs), windows, history })
  return seen
}

test('windows go to Prometheus by its own clock, and only there', async () => {
  const seen = await gathered(3_000)
  expect(seen.get('alerts')).toMatchObject({ window: { from: 8_000, to: 23_000 } })
  expect(seen.get('rule-signal')).toMatchObject({ window: { from: 8_000, to: 23_000 } })
  expect(seen.get('value')).toMatchObject({ phase: 'fault', window: { from: 13_000, to: 23_000 } })
  expect(seen.get('load')).toMatchObject({ window: { from: 5_000, to: 20_000 } })
})
