// The order that lets another process undo a fault: what is to be put back is asked, then on disk, and only then is anything changed.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fakeEngine } from '../faults/testing/fake-engine.ts'
import type { Happening } from '../model/entry.ts'
import { systemClock } from '../time/clock.ts'
import { holdFaults } from './fault-phase.ts'
import type { Session } from './session.ts'
import { openUndoLog } from './undo-log.ts'
import { Unwind } from './unwind.ts'

test('the limits of before are on disk when the limit is set', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'fault-phase-'))
  const { rig, asked } = fakeEngine({ limits: { cpus: 0.5 } })
  const onDisk: string[] = []
  const limitCpus = async () => void onDisk.push(readFileSync(join(directory, 'undo.jsonl'), 'utf8'))
  const watched = { ...rig, engine: rig.engine && { ...rig.engine, limitCpus } }
  const journal: Happening[] = []
  const append = (happening: Happening) => void journal.push(happening)
  const unwind = new Unwind(systemClock, append)
  const session = { rig: watched, world: { clock: systemClock }, acceleration: 1, undoLog: openUndoLog(directory) } as unknown as Session
  const ref = { index: 0, fault: { kind: 'cpu_limit', service: 'web', cpus: 0.1, for: '1s' }, target: 'web' } as const
  const stage = { session, append, unwind, signal: new AbortController().signal, beforeRevert: async () => undefined }

  // nobody answers on its port, so that the fault cannot be proved, and has to be unwound
  await expect(holdFaults([ref], stage)).rejects.toMatchObject({ code: 'FAULT_NOT_PROVED' })
  await unwind.run()
  rmSync(directory, { recursive: true })

  const undo = { action: 'restore-cpus', service: 'web', cpus: 0.5 }
  expect(asked).toEqual(['limits web'])
  expect(onDisk.map((text) => text.trim().split('\n').map((line) => JSON.parse(line) as unknown))).toEqual([
    [{ id: 1, state: 'pending', undo }],
    [{ id: 1, state: 'pending', undo }],
  ])
  expect(journal.map(({ type }) => type)).toEqual(['fault-applying', 'fault-applied', 'fault-proved', 'fault-reverting', 'fault-reverted', 'released'])
})
