// A disturbance that ends by itself while it should hold: the drill is told at once, with its last words, and not at its end.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { liveScripts } from '../faults/testing/live-scripts.ts'
import type { Happening } from '../model/entry.ts'
import { processesMarked } from '../stack/local/marks.ts'
import { SCRIPT_MARK } from '../stack/scripts/script-environment.ts'
import { systemClock } from '../time/clock.ts'
import { holdFaults } from './fault-phase.ts'
import type { Session } from './session.ts'
import { openUndoLog, outstanding } from './undo-log.ts'
import { Unwind } from './unwind.ts'

const RUN = `hold-${process.pid}`
const BITE = `console.log(JSON.stringify({ bites: 'all of it', holds: true }))\n`
const PROGRAMS = {
  frail: `${BITE}setTimeout(() => { throw new Error('the database has gone') }, 1500)`,
  lasting: `${BITE}process.on('SIGTERM', () => { console.log(JSON.stringify({ gone: 'nothing is left' })); process.exit() })\nsetInterval(() => undefined, 1000)`,
}

async function hold(script: keyof typeof PROGRAMS, length: '2s' | '1m') {
  const directory = mkdtempSync(join(tmpdir(), 'fault-phase-'))
  const live = await liveScripts('127.65.36.1', PROGRAMS, RUN)
  const { rig, scripts } = live.world()
  const journal: Happening[] = []
  const append = (happening: Happening) => void journal.push(happening)
  const unwind = new Unwind(systemClock, append)
  const session = { rig, scripts, world: { clock: systemClock }, acceleration: 1, undoLog: openUndoLog(directory) } as unknown as Session
  const ref = { index: 0, fault: { ...live.fault(script), for: length }, target: 'web' }
  const stage = { session, append, unwind, signal: new AbortController().signal, beforeRevert: async () => undefined }
  const began = performance.now()
  const thrown = await holdFaults([ref], stage).then(() => undefined, (reason: unknown) => reason)
  const ms = performance.now() - began
  await unwind.run()
  const left = { processes: processesMarked(SCRIPT_MARK, `${RUN}:0-${script}-web`), undo: outstanding(directory) }
  await live.stop()
  rmSync(directory, { recursive: true })
  return { thrown, ms, left, steps: journal.map(({ type }) => type) }
}

test('one that dies is no fault that was proved', async () => {
  const { thrown, ms, left, steps } = await hold('frail', '1m')
  expect(thrown).toMatchObject({ code: 'FAULT_NOT_PROVED', message: expect.stringMatching(/^frail on web ended by itself while it should hold: exit code 1; it said: .*the database has gone/) })
  expect(ms).toBeLessThan(30_000)
  expect(left).toEqual({ processes: [], undo: [] })
  expect(steps).toEqual(['fault-applying', 'fault-applied', 'fault-proved', 'fault-reverting', 'fault-reverted', 'released'])
})

test('one that holds until it is ended is proved, and proved gone', async () => {
  const { thrown, left, steps } = await hold('lasting', '2s')
  expect(thrown).toBeUndefined()
  expect(left).toEqual({ processes: [], undo: [] })
  expect(steps.at(-1)).toBe('fault-gone')
})
