// Undoing what only an engine can do: what is to be put back is asked beforehand, and put back as it was.
import { expect, test } from 'vitest'
import type { Fault, Undo } from '../model/fault.ts'
import { fakeClock } from '../time/clock.ts'
import type { World } from './fault-kind.ts'
import { applyFault, performUndo, undoOf } from './index.ts'
import { fakeEngine } from './testing/fake-engine.ts'
import type { FakeService } from './testing/fake-engine.ts'

const on = { service: 'web', for: '1m' } as const
const signal = new AbortController().signal
const LIMITS = { cpus: 0.5, memory: { bytes: 1_000, withSwapBytes: 2_000 } }

function worldOf(service?: FakeService) {
  const { rig, asked } = fakeEngine(service)
  return { asked, rig, world: { rig, clock: fakeClock() } as unknown as World }
}

interface Case {
  readonly fault: Fault
  readonly undo: Undo
  readonly service?: FakeService
  /** Before, by the fault, and by its undoing. */
  readonly asked: readonly string[]
}

const CASES: readonly Case[] = [
  { fault: { kind: 'disconnect', ...on }, undo: { action: 'reconnect', service: 'web' }, asked: ['disconnect web', 'reconnect web'] },
  {
    fault: { kind: 'cpu_limit', cpus: 0.2, ...on },
    undo: { action: 'restore-cpus', service: 'web', cpus: 0.5 },
    service: { limits: LIMITS },
    asked: ['limits web', 'limitCpus web 0.2', 'limitCpus web 0.5'],
  },
  { fault: { kind: 'cpu_limit', cpus: 0.2, ...on }, undo: { action: 'restore-cpus', service: 'web' }, asked: ['limits web', 'limitCpus web 0.2', 'limitCpus web '] },
  {
    fault: { kind: 'memory_limit', memory: '64m', ...on },
    undo: { action: 'restore-memory', service: 'web', memory: LIMITS.memory },
    service: { limits: LIMITS },
    asked: ['limits web', 'limitMemory web {"bytes":67108864,"withSwapBytes":67108864}', 'limitMemory web {"bytes":1000,"withSwapBytes":2000}'],
  },
  {
    fault: { kind: 'memory_limit', memory: '64m', ...on },
    undo: { action: 'restore-memory', service: 'web' },
    service: { usage: { oomKilled: true }, state: 'stopped' },
    asked: ['limits web', 'limitMemory web {"bytes":67108864,"withSwapBytes":67108864}', 'limitMemory web ', 'restart web'],
  },
  {
    fault: { kind: 'disk_full', path: '/data', ...on },
    undo: { action: 'empty-disk', service: 'web', path: '/data' },
    asked: ['fill web /data', 'empty web /data'],
  },
]

test.each(CASES)('$fault', async ({ fault, undo, service, asked: expected }) => {
  const { asked, world } = worldOf(service)
  const ref = { index: 0, fault, target: 'web' }
  const planned = await undoOf(ref, world)
  expect(planned).toEqual(undo)
  await applyFault(ref, world, signal)
  await performUndo(JSON.parse(JSON.stringify(planned)) as Undo, world, signal)
  expect(asked).toEqual(expected)
})

test.each(CASES)('without an engine FAULT_UNSUPPORTED: $fault', async ({ fault, undo }) => {
  const { rig, world } = worldOf()
  const local = { ...world, rig: { ...rig, runtime: 'local' as const, engine: undefined } }
  const apply = async () => applyFault({ index: 0, fault, target: 'web' }, local, signal)
  await expect(apply()).rejects.toMatchObject({ code: 'FAULT_UNSUPPORTED', message: expect.stringContaining('local runtime') })
  await expect(performUndo(undo, local, signal)).rejects.toMatchObject({ code: 'FAULT_UNSUPPORTED' })
})
