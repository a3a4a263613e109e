// Programs as disturbances, with real processes: what they are told, how they are proved, how they end, and how they may fail.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { processesMarked } from '../stack/local/marks.ts'
import { SCRIPT_MARK } from '../stack/scripts/script-environment.ts'
import { systemClock } from '../time/clock.ts'
import { poll } from '../time/poll.ts'
import { applyFault, endOfFault, lookAt, performUndo, proveFault, proveGone, undoOf } from './index.ts'
import { liveScripts } from './testing/live-scripts.ts'
import type { LiveScripts } from './testing/live-scripts.ts'

const RUN = `scripts-${process.pid}`
const signal = new AbortController().signal
const SAY = 'const say = (word) => console.log(JSON.stringify(word))\n'
const GOODBYE = `process.on('SIGTERM', () => { say({ gone: 'all is as it was' }); process.exit() })\n`
const STAY = 'setInterval(() => undefined, 1000)\n'

const PROGRAMS = {
  polite: `${SAY}${GOODBYE}say({ bites: 'half of it', holds: false }); setTimeout(() => say({ bites: 'all of it', holds: true }), 200);\n${STAY}`,
  toothless: `${SAY}${GOODBYE}say({ bites: 'next to nothing', holds: false })\n${STAY}`,
  curious: `${SAY}${GOODBYE}const { PATH, ...env } = process.env\nsay({ bites: JSON.stringify(env), holds: true })\n${STAY}`,
  choosy: `console.error('share must be a number from 0 to 1, and was ' + process.env.HARNESS_WITH); process.exit(2)`,
  frail: `${SAY}say({ bites: 'all of it', holds: true }); setTimeout(() => { throw new Error('the database has gone') }, 300)`,
  rude: `${SAY}process.on('SIGTERM', () => undefined); say({ bites: 'all of it', holds: true })\n${STAY}`,
  family: `${SAY}${GOODBYE}import { spawn } from 'node:child_process'\nspawn('sleep', ['60']); say({ bites: 'two of us', holds: true })\n${STAY}`,
}

let live: LiveScripts
beforeAll(async () => {
  live = await liveScripts('127.65.31.1', PROGRAMS, RUN)
})
afterAll(() => live.stop())

async function begin(script: keyof typeof PROGRAMS, options?: Readonly<Record<string, string | number>>) {
  const world = live.world()
  const ref = { index: 0, fault: live.fault(script, options), target: 'web' }
  const before = await lookAt(ref, world, signal)
  const undo = await undoOf(ref, world)
  return { world, ref, before, undo, token: `${RUN}:0-${script}-web`, apply: () => applyFault(ref, world, signal) }
}

/** A clock that goes five times as fast: for what must be waited for in vain. */
const hurried = { now: () => Date.now() * 5, sleep: (ms: number, stop?: AbortSignal) => systemClock.sleep(ms / 5, stop) }

test('a program bites, is undone twice, and is gone', async () => {
  const { world, ref, before, undo, token, apply } = await begin('polite')
  await apply()
  expect(processesMarked(SCRIPT_MARK, token)).toHaveLength(1)
  const bite = await proveFault({ ref, before }, world, signal)
  expect(bite).toMatchObject({ holds: true, before: expect.stringContaining('no program runs'), seen: expect.stringContaining('its program says: all of it') })
  await performUndo(undo, world, signal)
  await performUndo(undo, world, signal)
  expect(processesMarked(SCRIPT_MARK, token)).toEqual([])
  expect(await proveGone({ ref, before }, world, signal)).toMatchObject({ holds: true, seen: expect.stringContaining('its program has ended: all is as it was') })
})

test('another process of the harness can end it', async () => {
  const { undo, token, apply } = await begin('family')
  await apply()
  expect(processesMarked(SCRIPT_MARK, token)).toHaveLength(2)
  await performUndo(undo, live.world(), signal)
  expect(processesMarked(SCRIPT_MARK, token)).toEqual([])
})

test('it is told where the system is and how fast time goes, and no secret of the user', async () => {
  const { world, undo, token, apply } = await begin('curious', { share: 0.9, what: 'x' })
  await apply()
  const env = JSON.parse(world.scripts?.look(token).bites ?? '{}') as Record<string, string>
  expect(env).toMatchObject({ HARNESS_BASE_URL: 'http://127.65.31.1:8081', HARNESS_ADDRESS_WEB_8081: '127.65.31.1:8081', HARNESS_ACCELERATION: '40' })
  expect(env).toMatchObject({ HARNESS_TARGET: 'web', HARNESS_FOR_MS: '1500', DATABASE_URL: 'postgres://reader@web:8081/', HARNESS_RUN: RUN })
  expect(JSON.parse(env.HARNESS_WITH ?? '')).toEqual({ share: 0.9, what: 'x' })
  expect(env).not.toHaveProperty('HOME')
  await performUndo(undo, world, signal)
})

test('one that refuses what it is told hurts nothing, and says why', async () => {
  const { undo, world, apply } = await begin('choosy', { share: 7 })
  await expect(apply()).rejects.toMatchObject({ code: 'FAULT_NOT_APPLIED', message: expect.stringContaining('exit code 2; it said: share must be a number from 0 to 1, and was {"share":7}') })
  await performUndo(undo, world, signal)
})

test('one that does not exist is said so', async () => {
  const { world } = await begin('polite')
  const ref = { index: 1, fault: live.fault('nowhere'), target: 'web' }
  await expect(applyFault(ref, world, signal)).rejects.toMatchObject({ code: 'FAULT_NOT_APPLIED', message: expect.stringContaining('Cannot find module') })
})

test('sabotage: one that never sees its own effect is not proved', async () => {
  const { world, ref, before, undo, apply } = await begin('toothless')
  await apply()
  const bite = await proveFault({ ref, before }, { ...world, clock: hurried }, signal)
  expect(bite).toMatchObject({ holds: false, seen: expect.stringContaining('its program says: next to nothing') })
  const gone = await proveGone({ ref, before }, { ...world, clock: hurried }, signal)
  expect(gone.holds).toBe(false)
  await performUndo(undo, world, signal)
})

test('one that dies while it should hold is noticed, and never counts as gone', async () => {
  const { world, ref, before, apply } = await begin('frail')
  await apply()
  expect(await endOfFault(ref, world)).toMatch(/^exit code 1; it said: .*the database has gone/)
  expect(await proveGone({ ref, before }, { ...world, clock: hurried }, signal)).toMatchObject({ holds: false, seen: expect.stringContaining('the database has gone') })
})

test('one that does not end when it is asked to is killed, and that is no good end', async () => {
  const { world, undo, token, apply } = await begin('rude')
  await apply()
  await expect(performUndo(undo, { ...world, scripts: live.world().scripts }, signal)).rejects.toMatchObject({ code: 'FAULT_NOT_REVERTED' })
  await poll({ clock: systemClock, within: 5_000, what: 'it to be dead' }, async () => processesMarked(SCRIPT_MARK, token).length === 0)
})
