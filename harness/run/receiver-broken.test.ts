// A receiver that is broken by a fault, with the sinks of a run: proved from outside, mended, and proved mended.
import { describe, expect, onTestFinished, test } from 'vitest'
import { applyFault, describeFault, lookAt, performUndo, proveFault, proveGone, resolveFaults, undoOf } from '../faults/index.ts'
import { testStack } from '../faults/testing/test-stack.ts'
import type { FaultRef } from '../model/entry.ts'
import type { Misbehaviour } from '../model/fault.ts'
import { startSinks } from '../sinks/sinks.ts'
import { systemClock } from '../time/clock.ts'

type World = Parameters<typeof applyFault>[1]
const stack = testStack([], [])
const signal = new AbortController().signal
/** Neither a rig nor a proxy has to do with it. */
const nowhere = { rig: { stack }, clock: systemClock } as unknown as World
const broken = (how: Misbehaviour) => ({ kind: 'receiver_broken', receiver: 'backend', how, for: '5m' }) as const

async function worldWithSinks() {
  const receivers = await startSinks({ listen: { host: '127.65.0.5', port: 0 }, clock: systemClock, onDelivery: () => undefined, onRefused: () => undefined })
  onTestFinished(() => receivers[Symbol.asyncDispose]())
  return { receivers, world: { ...nowhere, receivers } }
}

function refOf(how: Misbehaviour): FaultRef {
  const [ref] = resolveFaults([broken(how)], stack)
  if (ref === undefined) throw new Error('no reference')
  return ref
}

const CASES: readonly (readonly [Misbehaviour, string, string])[] = [
  ['500', 'backend answers every notification with an error', 'status 500'],
  ['hang', 'backend takes notifications and never answers', 'no byte within 2 5'],
  ['slow', 'backend answers each notification a second late', 'status 200'],
]

describe.each(CASES)('%s', (how, sentence, words) => {
  test('bites, and is gone once it is undone', async () => {
    const { world } = await worldWithSinks()
    const ref = refOf(how)
    expect(describeFault(ref.fault)).toBe(sentence)
    const before = await lookAt(ref, world, signal)
    const undo = await undoOf(ref, world)
    expect(await proveGone({ ref, before }, world, signal)).toMatchObject({ holds: true })
    await applyFault(ref, world, signal)
    expect(await proveFault({ ref, before }, world, signal)).toMatchObject({ holds: true, before: expect.stringContaining('status 200'), seen: expect.stringContaining(words) })
    await performUndo(undo, world, signal)
    expect(await proveGone({ ref, before }, world, signal)).toMatchObject({ holds: true })
  })
})

test('one that does not bite is not proved, nor is one that was broken before', async () => {
  const { world, receivers } = await worldWithSinks()
  const ref = refOf('slow')
  const before = await lookAt(ref, world, signal)
  receivers.misbehave('backend', '500')
  const ill = await lookAt(ref, world, signal)
  expect(await proveFault({ ref, before: ill }, world, signal)).toMatchObject({ holds: false, seen: expect.stringContaining('did not answer before the fault') })
  expect(await proveFault({ ref, before }, world, AbortSignal.timeout(20_000))).toMatchObject({ holds: false })
}, 30_000)

test('without a run nobody listens: nothing to break, and nothing to mend', async () => {
  const ref = refOf('500')
  await expect(lookAt(ref, nowhere, signal)).rejects.toMatchObject({ code: 'FAULT_NOT_APPLIED' })
  await expect(performUndo(await undoOf(ref, nowhere), nowhere, signal)).resolves.toBeUndefined()
})
