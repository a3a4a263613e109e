// Every fault of an engine on real containers: it bites, it is undone twice, it is gone; and without it the proof must not hold.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fault, Undo } from '../model/fault.ts'
import { systemClock } from '../time/clock.ts'
import type { World } from './fault-kind.ts'
import { applyFault, lookAt, performUndo, proveFault, proveGone, resolveFaults, undoOf } from './index.ts'
import type { ProxyControl } from './proxy-control.ts'
import { hasEngine, openContainers } from './testing/live-containers.ts'
import type { LiveContainers } from './testing/live-containers.ts'

const MIB = 2 ** 20
const signal = new AbortController().signal
const on = { for: '1m' } as const
const DISK = { Tmpfs: { '/data': 'size=8m' } }
const SERVICES = {
  busy: { burn: true, host: DISK },
  idle: { host: DISK },
  limited: { burn: true, holdMib: 40, host: { NanoCpus: 1.5e9, Memory: 256 * MIB } },
  greedy: { holdMib: 56 },
  doomed: { holdMib: 20 },
  locked: { user: '1000', host: { ...DISK, ReadonlyRootfs: true, CapDrop: ['ALL'], Memory: 128 * MIB } },
  brief: { host: DISK },
}

describe.skipIf(!(await hasEngine()))('with a container engine (skipped where none has debian:bookworm-slim)', () => {
  let stage: LiveContainers
  let world: World

  beforeAll(async () => {
    stage = await openContainers(SERVICES)
    await stage.start()
    world = { rig: stage.rig, clock: systemClock, control: {} as ProxyControl }
  })
  afterAll(() => stage?.[Symbol.asyncDispose]())

  const only = (fault: unknown) => {
    const [ref] = resolveFaults([fault as Fault], stage.rig.stack)
    if (!ref) throw new Error('no target')
    return ref
  }

  async function liveThrough(fault: unknown, meanwhile: () => Promise<unknown> = async () => undefined) {
    const ref = only(fault)
    const before = await lookAt(ref, world, signal)
    const undo = JSON.parse(JSON.stringify(await undoOf(ref, world))) as Undo
    await applyFault(ref, world, signal)
    const during = await meanwhile()
    const bite = await proveFault({ ref, before }, world, signal)
    await performUndo(undo, world, signal)
    await performUndo(undo, world, signal)
    const gone = await proveGone({ ref, before }, world, signal)
    return { bite, gone, during }
  }

  test('disconnect: nobody reaches it, neither from here nor from the next container, and everybody does afterwards', async () => {
    expect(await stage.peerReaches('idle')).toBe(true)
    const { bite, gone, during } = await liveThrough({ kind: 'disconnect', service: 'idle', ...on }, () => stage.peerReaches('idle'))
    expect(during).toBe(false)
    expect(bite).toMatchObject({ holds: true, seen: expect.stringMatching(/; disconnected$/) })
    expect(gone).toMatchObject({ holds: true, seen: expect.stringMatching(/^first byte.*; running$/) })
    expect(await stage.peerReaches('idle')).toBe(true)
  })

  test.each(['busy', 'limited'])('cpu_limit on %s: the kernel holds it back in most periods, and in none afterwards', async (service) => {
    const limits = await stage.rig.engine?.limits(service)
    const { bite, gone } = await liveThrough({ kind: 'cpu_limit', service, cpus: 0.1, ...on })
    expect(bite).toMatchObject({ holds: true, seen: expect.stringMatching(/held back in \d+ of \d+ periods, 1?\d\d ms of CPU time/) })
    expect(gone).toMatchObject({ holds: true })
    expect(await stage.rig.engine?.limits(service)).toEqual(limits)
  })

  test.each([
    ['greedy', '64m'],
    ['limited', '48m'],
  ])('memory_limit on %s: it holds all that it may, and may hold as much as ever afterwards', async (service, memory) => {
    const limits = await stage.rig.engine?.limits(service)
    const { bite, gone } = await liveThrough({ kind: 'memory_limit', service, memory, ...on })
    expect(bite).toMatchObject({ holds: true, seen: expect.stringMatching(new RegExp(`holds .* MiB, the limit is ${Number.parseInt(memory)} MiB$`)) })
    expect(gone).toMatchObject({ holds: true })
    expect(await stage.rig.engine?.limits(service)).toEqual(limits)
  })

  test('memory_limit: a service that wants more is killed by the kernel, and is started again with its limit taken away', async () => {
    const { host, port } = stage.rig.address('doomed', 8080)
    const more = () => fetch(`http://${host}:${port}/more`).catch(() => undefined)
    const { bite, gone } = await liveThrough({ kind: 'memory_limit', service: 'doomed', memory: '40m', ...on }, more)
    expect(bite).toMatchObject({ holds: true, seen: expect.stringMatching(/; stopped; killed by the kernel for want of memory$/) })
    expect(gone).toMatchObject({ holds: true, seen: expect.stringMatching(/; running; holds .*, without a limit$/) })
  })

  test('memory_limit below what the service holds: refused by the first version of control groups, fatal under the second', async () => {
    const { bite } = await liveThrough({ kind: 'memory_limit', service: 'greedy', memory: '16m', ...on }).catch((thrown: unknown) => {
      expect(thrown).toMatchObject({ code: 'FAULT_NOT_APPLIED', message: expect.stringMatching(/unable to set memory limit to 16777216 \(current usage: \d+/) })
      return { bite: { holds: true } }
    })
    expect(bite.holds).toBe(true)
  })

  test.each(['idle', 'locked'])('disk_full on %s: nothing is left, and all is back afterwards', async (service) => {
    const { bite, gone } = await liveThrough({ kind: 'disk_full', service, path: '/data', ...on })
    expect(bite).toMatchObject({ holds: true, before: expect.stringMatching(/8 MiB of 8 MiB free$/), seen: expect.stringMatching(/0 bytes of 8 MiB free$/) })
    expect(gone).toMatchObject({ holds: true, seen: expect.stringMatching(/8 MiB of 8 MiB free$/) })
  })

  test.each(['crash', 'freeze'])('%s bites, is undone twice, and is gone', async (kind) => {
    const { bite, gone } = await liveThrough({ kind, service: 'idle', ...on })
    expect([bite, gone]).toMatchObject([{ holds: true }, { holds: true }])
  })

  test('a limit that does not squeeze is not proved: an idle service under a limit of CPU, and of memory', async () => {
    const squeezed = await Promise.all([
      liveThrough({ kind: 'cpu_limit', service: 'idle', cpus: 0.1, ...on }),
      liveThrough({ kind: 'memory_limit', service: 'doomed', memory: '128m', ...on }),
    ])
    expect(squeezed.map(({ bite }) => bite.holds)).toEqual([false, false])
    expect(squeezed.map(({ gone }) => gone.holds)).toEqual([true, true])
  }, 60_000)

  test('sabotage: no proof holds when nothing was done, and none is gone that was not undone', async () => {
    const faults = [
      { kind: 'disconnect', service: 'idle', ...on },
      { kind: 'cpu_limit', service: 'busy', cpus: 0.1, ...on },
      { kind: 'memory_limit', service: 'greedy', memory: '64m', ...on },
      { kind: 'disk_full', service: 'locked', path: '/data', ...on },
    ]
    const refs = faults.map(only)
    const seen = await Promise.all(refs.map(async (ref) => ({ ref, before: await lookAt(ref, world, signal) })))
    const untouched = await Promise.all(seen.map((one) => proveFault(one, world, signal)))
    expect(untouched.filter(({ holds }) => holds)).toEqual([])
    const undos = await Promise.all(refs.map((ref) => undoOf(ref, world)))
    await Promise.all(refs.map((ref) => applyFault(ref, world, signal)))
    const lingering = await Promise.all(seen.map((one) => proveGone(one, world, signal)))
    await Promise.all(undos.map((undo) => performUndo(undo, world, signal)))
    expect(lingering.filter(({ holds }) => holds)).toEqual([])
  }, 90_000)

  test('undoing does no harm to a service that was removed meanwhile', async () => {
    const faults = [
      { kind: 'disconnect', service: 'brief', ...on },
      { kind: 'cpu_limit', service: 'brief', cpus: 0.1, ...on },
      { kind: 'memory_limit', service: 'brief', memory: '64m', ...on },
      { kind: 'disk_full', service: 'brief', path: '/data', ...on },
    ]
    const refs = faults.map(only)
    const undos = await Promise.all(refs.map((ref) => undoOf(ref, world)))
    for (const ref of refs) await applyFault(ref, world, signal)
    await stage.container('brief').remove({ force: true })
    for (const undo of undos) await performUndo(undo, world, signal)
  })
})
