// Each invariant that a drill demands is looked at once before its load and once after it, and nothing else is.
import { expect, test } from 'vitest'
import { aDrill } from '../checks/testing/records.ts'
import type { Criterion } from '../model/criterion.ts'
import type { Happening } from '../model/entry.ts'
import type { EvidenceOf } from '../model/evidence.ts'
import type { Invariants } from '../model/invariant.ts'
import { contextAt } from '../probes/testing/fake-rig.ts'
import { gatherInvariants } from './gather-invariants.ts'
import type { DrillStage } from './run-drill.ts'

const database = { service: 'postgres', url: 'postgres://reader:s3cret@$HOST:1/shop', query: 'select 1 as key' }
const INVARIANTS: Invariants = {
  first: { ...database, settle: '2m' },
  second: { ...database, scenarios: ['sample-processing'] },
  other: { ...database, scenarios: ['another'] },
}

/** Of a database that does not answer: the evidence tells what was asked all the same. */
async function gathered(criteria: readonly Criterion[], when: 'before' | 'after'): Promise<readonly EvidenceOf<'invariant'>[]> {
  const { rig, clock, signal } = contextAt('')
  const harness = { ...rig.stack.harness, invariants: INVARIANTS }
  const resolving = { ...rig, stack: { ...rig.stack, harness }, resolve: (text: string) => text.replace('$HOST', '127.65.0.4') }
  const seen: EvidenceOf<'invariant'>[] = []
  const append = (happening: Happening) => {
    if (happening.type === 'evidence' && happening.evidence.probe === 'invariant') seen.push(happening.evidence)
  }
  // Of a stage only this much is looked at here.
  const stage = { session: { rig: resolving, world: { clock }, acceleration: 40 }, drill: aDrill({ criteria: [...criteria] }), append, signal }
  await gatherInvariants(stage as unknown as DrillStage, when)
  return seen
}

test('those of the scenario, each once though two criteria ask for it, with its time to settle', async () => {
  const seen = await gathered([{ kind: 'invariants-hold' }, { kind: 'invariants-hold', only: ['first'] }], 'after')
  expect(seen.map(({ value: { invariant, when, settleMs } }) => [invariant, when, settleMs])).toEqual([
    ['first', 'after', 3_000],
    ['second', 'after', 0],
  ])
  expect(seen[0]).toMatchObject({ covered: false, missing: 'postgres could not be read: connection refused' })
})

test('only those that are named, before the load too', async () => {
  const seen = await gathered([{ kind: 'invariants-hold', only: ['second'] }], 'before')
  expect(seen.map(({ value: { invariant, when } }) => [invariant, when])).toEqual([['second', 'before']])
})

test('none without the criterion', async () => {
  expect(await gathered([{ kind: 'nothing-lost', scenario: 'sample-processing' }], 'after')).toEqual([])
})
