// What is on disk before a fault is applied must be enough for another process to undo it.
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Undo } from '../model/fault.ts'
import { openUndoLog, outstanding } from './undo-log.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'undo-log-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

test('what is pending and not done is outstanding, newest first, also to another process', () => {
  const log = openUndoLog(directory)
  const first = log.pending({ action: 'remove-toxic', edge: 'a->b', toxic: 't' })
  log.pending({ action: 'thaw', service: 'a' })
  log.pending({ action: 'restart', service: 'b' })
  log.done(first)
  expect(outstanding(directory).map(({ undo }) => undo.action)).toEqual(['restart', 'thaw'])
})

test.each<Undo>([
  { action: 'reconnect', service: 'a' },
  { action: 'restore-cpus', service: 'a' },
  { action: 'restore-cpus', service: 'a', cpus: 0.5 },
  { action: 'restore-memory', service: 'a' },
  { action: 'restore-memory', service: 'a', memory: { bytes: 67_108_864 } },
  { action: 'restore-memory', service: 'a', memory: { bytes: 67_108_864, withSwapBytes: 134_217_728 } },
  { action: 'empty-disk', service: 'a', path: '/data' },
  { action: 'drop-database', service: 'a', database: 'readiness_restore_1' },
  { action: 'end-script', service: 'a', script: 'flood', token: 'r1:0-flood' },
])('what is on disk is what is to be undone: %j', (undo) => {
  openUndoLog(directory).pending(undo)
  expect(outstanding(directory)).toEqual([{ id: 1, state: 'pending', undo }])
})

test('what is not limited stays out of the log, and comes back as no limit', () => {
  openUndoLog(directory).pending({ action: 'restore-memory', service: 'a', memory: undefined })
  expect(outstanding(directory)[0]?.undo).toEqual({ action: 'restore-memory', service: 'a' })
})

test('a line torn by a kill was never acted on', () => {
  openUndoLog(directory).pending({ action: 'thaw', service: 'a' })
  appendFileSync(join(directory, 'undo.jsonl'), '{"id":2,"state":"pen')
  expect(outstanding(directory)).toHaveLength(1)
  openUndoLog(directory).done(1)
  expect(outstanding(directory)).toEqual([])
})

test('a log that is opened again goes on counting', () => {
  openUndoLog(directory).pending({ action: 'thaw', service: 'a' })
  const log = openUndoLog(directory)
  log.done(log.pending({ action: 'thaw', service: 'b' }))
  expect(outstanding(directory)).toMatchObject([{ id: 1 }])
})

test('a run without faults has nothing outstanding', () => {
  expect(outstanding(directory)).toEqual([])
})
