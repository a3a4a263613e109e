// A plain process is told that it may hold less: proved when the kernel says so and it holds as much, gone when it is told as before.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FaultOf } from '../model/fault.ts'
import type { Rig } from '../model/stack.ts'
import { residentControl } from '../stack/local/resident-limit.ts'
import { systemClock } from '../time/clock.ts'
import { poll } from '../time/poll.ts'
import type { World } from './fault-kind.ts'
import { applyFault, lookAt, performUndo, proveFault, proveGone, undoOf } from './index.ts'
import { testStack } from './testing/test-stack.ts'

const ADDRESS = { host: '127.65.35.1', port: 8081 }
const signal = new AbortController().signal
const web = spawn(process.execPath, [join(import.meta.dirname, 'testing/http-upstream.ts'), ADDRESS.host, String(ADDRESS.port)])
const memory = residentControl({ clock: systemClock, path: process.env.PATH, pid: () => web.pid })
const rig = { stack: testStack([], [{ name: 'web', port: ADDRESS.port }]), runtime: 'local', memory, address: () => ADDRESS, state: async () => 'running' } as unknown as Rig
/** Five times as fast: for proofs that must wait in vain. */
const hurried = { now: () => Date.now() * 5, sleep: (ms: number, stop?: AbortSignal) => systemClock.sleep(ms / 5, stop) }
const world = { rig, clock: systemClock } as unknown as World

beforeAll(() => poll({ clock: systemClock, within: 20_000, what: 'it to answer' }, async () => (await fetch(`http://${ADDRESS.host}:${ADDRESS.port}`)).ok))
afterAll(() => void web.kill('SIGKILL'))

async function live(wanted: FaultOf<'memory_limit'>['memory'], clock = systemClock) {
  const ref = { index: 0, fault: { kind: 'memory_limit', service: 'web', memory: wanted, for: '1m' } as const, target: 'web' }
  const before = await lookAt(ref, world, signal)
  const undo = await undoOf(ref, world)
  await applyFault(ref, world, signal)
  const bite = await proveFault({ ref, before }, { ...world, clock }, signal)
  await performUndo(undo, world, signal)
  await performUndo(undo, world, signal)
  return { bite, gone: await proveGone({ ref, before }, world, signal) }
}

test('it is told, holds more than that, and is told as before at the end', async () => {
  const { bite, gone } = await live('24m')
  expect(bite).toMatchObject({ holds: true, before: expect.stringMatching(/holds [\d.]+ MiB, without a limit/), seen: expect.stringMatching(/holds [\d.]+ MiB, and is told that it may hold 24 MiB/) })
  expect(gone).toMatchObject({ holds: true })
})

test('sabotage: one that holds far less than it may is not proved', async () => {
  const { bite, gone } = await live('4g', hurried)
  expect(bite).toMatchObject({ holds: false, seen: expect.stringContaining('is told that it may hold 4 GiB') })
  expect(gone).toMatchObject({ holds: true })
})
