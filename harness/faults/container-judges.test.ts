// The kinds that only an engine has: what counts as a bite, what does not, what could never show one, and how it is said.
import { describe, expect, test } from 'vitest'
import type { Fault } from '../model/fault.ts'
import { fakeClock } from '../time/clock.ts'
import type { CpuSpell, FaultKind, Sight } from './fault-kind.ts'
import { describeFault, faultKinds } from './index.ts'
import { sayLook } from './look-words.ts'
import { proveBite, proveGone } from './prove.ts'

const MIB = 2 ** 20
const ANSWERED: Sight = { outcome: 'answered', connectMs: 1, firstByteMs: 2, totalMs: 3, closeMs: 0, bytes: 6_000, chunks: 1, sent: 9, state: 'running' }
const REFUSED: Sight = { outcome: 'refused', totalMs: 1, bytes: 0, chunks: 0, sent: 0 }
const on = { service: 'web', for: '1m' } as const

const spell = (cpuMs: number, periods: number, throttledPeriods: number): CpuSpell => ({ ms: 1_000, cpuMs, periods, throttledPeriods })
const memory = (bytes: number, limitBytes?: number, oomKilled = false) => ({ memory: { bytes: bytes * MIB, limitBytes: limitBytes && limitBytes * MIB, oomKilled } })
const told = (bytes: number, limitBytes: number) => ({ memory: { bytes: bytes * MIB, limitBytes: limitBytes * MIB, oomKilled: false, isOnlyTold: true } })
const room = (freeBytes: number) => ({ room: { sizeBytes: 64 * MIB, freeBytes } })

interface Case {
  readonly fault: Fault
  readonly before: Sight
  readonly bites: readonly Sight[]
  readonly misses: readonly Sight[]
  readonly gone: readonly Sight[]
  readonly lingering: readonly Sight[]
}

const FREE = { ...ANSWERED, cpu: spell(700, 0, 0) }
const CASES: readonly Case[] = [
  {
    fault: { kind: 'disconnect', ...on },
    before: ANSWERED,
    bites: [
      { ...REFUSED, state: 'disconnected' },
      { ...REFUSED, outcome: 'closed', state: 'disconnected' },
    ],
    misses: [REFUSED, { ...REFUSED, state: 'running' }, { ...REFUSED, state: 'stopped' }, { ...ANSWERED, state: 'disconnected' }],
    gone: [ANSWERED],
    lingering: [
      { ...ANSWERED, state: 'disconnected' },
      { ...REFUSED, state: 'running' },
    ],
  },
  {
    fault: { kind: 'cpu_limit', cpus: 0.2, ...on },
    before: FREE,
    bites: [
      { ...ANSWERED, cpu: spell(200, 10, 10) },
      { ...REFUSED, outcome: 'silent', cpu: spell(190, 9, 6) },
    ],
    // no limit is felt; idle; too few periods; another limit than the one that was asked for; nobody counts
    misses: [FREE, { ...FREE, cpu: spell(3, 2, 0) }, { ...FREE, cpu: spell(40, 4, 4) }, { ...FREE, cpu: spell(700, 10, 9) }, ANSWERED],
    // answering late what piled up is no matter of the limit any more
    gone: [FREE, { ...FREE, cpu: spell(1, 0, 0) }, { ...FREE, outcome: 'silent' }],
    lingering: [{ ...FREE, cpu: spell(200, 10, 10) }, { ...FREE, cpu: spell(30, 3, 0) }, { ...FREE, cpu: spell(0, 0, 0) }, ANSWERED, { ...FREE, state: 'stopped' }],
  },
  {
    fault: { kind: 'cpu_limit', cpus: 0.2, ...on },
    before: { ...ANSWERED, cpu: spell(600, 10, 2) },
    bites: [{ ...ANSWERED, cpu: spell(200, 10, 9) }],
    misses: [{ ...ANSWERED, cpu: spell(200, 10, 4) }],
    gone: [{ ...ANSWERED, cpu: spell(600, 10, 3) }, FREE],
    lingering: [{ ...ANSWERED, cpu: spell(600, 10, 4) }],
  },
  {
    fault: { kind: 'memory_limit', memory: '64m', ...on },
    before: { ...ANSWERED, ...memory(50, 256) },
    bites: [
      { ...ANSWERED, ...memory(63, 64) },
      { ...REFUSED, state: 'stopped', ...memory(0, undefined, true) },
    ],
    // far from it; not the limit that was asked for; no limit; killed by somebody else; killed and there again; nobody counts
    misses: [
      { ...ANSWERED, ...memory(50, 64) },
      { ...ANSWERED, ...memory(63, 63) },
      { ...ANSWERED, ...memory(63) },
      { ...REFUSED, state: 'stopped', ...memory(0) },
      { ...ANSWERED, ...memory(20, 256, true) },
      ANSWERED,
    ],
    gone: [{ ...ANSWERED, ...memory(100, 256) }],
    lingering: [{ ...ANSWERED, ...memory(50, 64) }, { ...ANSWERED, ...memory(50) }, { ...REFUSED, state: 'stopped', ...memory(0, 256) }, ANSWERED],
  },
  {
    // only told so: that little is left is all there is to see
    fault: { kind: 'memory_limit', memory: '64m', ...on },
    before: { ...ANSWERED, ...told(50, 256) },
    bites: [{ ...ANSWERED, ...told(52, 64) }, { ...ANSWERED, ...told(80, 64) }],
    misses: [{ ...ANSWERED, ...told(50, 64) }, { ...ANSWERED, ...memory(52, 64) }, { ...ANSWERED, ...told(63, 63) }],
    gone: [{ ...ANSWERED, ...told(60, 256) }],
    lingering: [{ ...ANSWERED, ...told(20, 64) }],
  },
  {
    fault: { kind: 'disk_full', path: '/data', ...on },
    before: { ...ANSWERED, ...room(60 * MIB) },
    bites: [
      { ...ANSWERED, ...room(0) },
      { ...REFUSED, ...room(100_000) },
    ],
    misses: [{ ...ANSWERED, ...room(MIB) }, { ...ANSWERED, ...room(60 * MIB) }, ANSWERED],
    gone: [{ ...ANSWERED, ...room(60 * MIB) }, { ...ANSWERED, ...room(40 * MIB) }],
    lingering: [{ ...ANSWERED, ...room(MIB) }, { ...ANSWERED, ...room(20 * MIB) }, ANSWERED],
  },
]

const judgeOf = (fault: Fault) => (faultKinds[fault.kind] as FaultKind<Fault>).judge(fault)

describe.each(CASES)('$fault', ({ fault, before, bites, misses, gone, lingering }) => {
  const judge = judgeOf(fault)
  const proof = (look: Sight) => ({ what: 'looked', judge, before, clock: fakeClock(), signal: new AbortController().signal, look: async () => look })

  test('what it looked like before can show it, is no bite, and is gone', () => {
    expect(judge.blind(before)).toBeUndefined()
    expect(judge.bites(before, before)).toBe(false)
    expect(judge.gone(before, before)).toBe(true)
  })

  test.each(bites)('a bite, and not gone: %j', async (seen) => {
    expect(await proveBite(proof(seen))).toMatchObject({ holds: true })
    expect(await proveGone(proof(seen))).toMatchObject({ holds: false })
  })

  test.each(misses)('no bite: %j', async (seen) => {
    expect(await proveBite(proof(seen))).toMatchObject({ holds: false })
  })

  test.each(gone)('gone: %j', async (seen) => {
    expect(await proveGone(proof(seen))).toMatchObject({ holds: true })
  })

  test.each(lingering)('not gone: %j', async (seen) => {
    expect(await proveGone(proof(seen))).toMatchObject({ holds: false })
  })
})

test.each<[Fault, Sight, string]>([
  [{ kind: 'cpu_limit', cpus: 0.2, ...on }, ANSWERED, 'nobody counted its CPU time before the fault'],
  [{ kind: 'cpu_limit', cpus: 0.2, ...on }, { ...ANSWERED, cpu: spell(200, 10, 5) }, 'it was held back in 5 of 10 periods before the fault already'],
  [{ kind: 'memory_limit', memory: '64m', ...on }, ANSWERED, 'nobody counted its memory before the fault'],
  [{ kind: 'memory_limit', memory: '64m', ...on }, { ...ANSWERED, ...memory(30, 64) }, 'it had no more than 64 MiB before the fault already'],
  [{ kind: 'disk_full', path: '/data', ...on }, ANSWERED, 'nobody read the room on its disk before the fault'],
  [{ kind: 'disk_full', path: '/data', ...on }, { ...ANSWERED, ...room(1_024) }, 'only 1 KiB of 64 MiB were free before the fault'],
])('%j could never be seen after %j', async (fault, before, reason) => {
  expect(judgeOf(fault).blind(before)).toBe(reason)
})

test.each<[Sight, string]>([
  [{ ...FREE, cpu: spell(195.4, 10, 9) }, 'running; held back in 9 of 10 periods, 195 ms of CPU time in 1 000 ms'],
  [FREE, 'running; no CPU limit was felt, 700 ms of CPU time in 1 000 ms'],
  [{ ...ANSWERED, ...memory(61.25, 64) }, 'running; holds 61.3 MiB, the limit is 64 MiB'],
  [{ ...ANSWERED, ...memory(61.25) }, 'running; holds 61.3 MiB, without a limit'],
  [{ ...REFUSED, state: 'stopped', ...memory(0, undefined, true) }, 'connection refused; stopped; killed by the kernel for want of memory'],
  [{ ...ANSWERED, ...room(0) }, 'running; 0 bytes of 64 MiB free'],
])('in words: %j', (sight, words) => {
  expect(sayLook(sight)).toMatch(new RegExp(`${words}$`))
})

test.each<[Fault, string]>([
  [{ kind: 'disconnect', ...on }, 'web is taken off every network and goes on running'],
  [{ kind: 'cpu_limit', cpus: 0.2, ...on }, 'web is squeezed to 0.2 CPUs'],
  [{ kind: 'memory_limit', memory: '64m', ...on }, 'web may hold 64 MiB of memory and no swap'],
  [{ kind: 'disk_full', path: '/data', ...on }, '/data of web is filled until nothing is left'],
])('%j in words', (fault, words) => {
  expect(describeFault(fault)).toBe(words)
})
