// Appends what happens to journal.jsonl, one line each and synchronously, so that a killed run keeps its past.
import { closeSync, fstatSync, fsyncSync, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { HarnessError, messageOf } from '../errors.ts'
import { JOURNAL_VERSION } from '../model/entry.ts'
import type { Entry, Happening, Stamp } from '../model/entry.ts'

/** After these the next thing that happens may be the machine going away. */
const DURABLE: ReadonlySet<Happening['type']> = new Set(['run-opened', 'fault-applying', 'drill-closed', 'run-closed'])

export interface Journal {
  readonly file: string
  /** Writes one line and returns it; `drillId` is the drill execution it belongs to. Throws JOURNAL_UNWRITABLE. */
  append(happening: Happening, drillId?: string): Entry
  /** Calls back after each append; returns how to stop. A listener that throws is dropped: the record outranks it. */
  onEntry(listener: (entry: Entry) => void): () => void
  /** May be called twice. Throws JOURNAL_UNWRITABLE when the disk refuses what was written. */
  close(): void
}

/** Creates the file and its directory. A journal is never reopened: a file already there is JOURNAL_UNWRITABLE. */
export function openJournal(file: string, clock: { now(): number }): Journal {
  let fd: number | undefined = guarded(file, () => {
    mkdirSync(dirname(file), { recursive: true })
    return openSync(file, 'ax')
  })
  let seq = 0
  const listeners = new Set<(entry: Entry) => void>()
  return {
    file,
    append(happening, drillId) {
      const open = fd
      if (open === undefined)
        throw new HarnessError('JOURNAL_UNWRITABLE', `${file} is closed; ${happening.type} came too late`)
      const stamp: Stamp = {
        v: JOURNAL_VERSION,
        seq: seq + 1,
        at: clock.now(),
        ...(drillId === undefined ? {} : { drillId }),
      }
      const entry: Entry = { ...stamp, ...happening }
      guarded(file, () => {
        writeWhole(open, `${JSON.stringify(entry)}\n`)
        seq += 1
        if (DURABLE.has(happening.type)) fsyncSync(open)
      })
      tell(listeners, entry)
      return entry
    },
    onEntry(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close() {
      const open = fd
      fd = undefined
      if (open !== undefined) guarded(file, () => closeDurably(open))
    },
  }
}

function tell(listeners: Set<(entry: Entry) => void>, entry: Entry): void {
  for (const listener of listeners) {
    try {
      listener(entry)
    } catch {
      listeners.delete(listener)
    }
  }
}

/** The whole line or nothing of it: half a line would spoil the next one. */
function writeWhole(fd: number, line: string): void {
  const bytes = Buffer.from(line)
  let written = 0
  try {
    while (written < bytes.length) written += writeSync(fd, bytes, written)
  } catch (thrown) {
    if (written > 0) ftruncateSync(fd, fstatSync(fd).size - written)
    throw thrown
  }
}

function closeDurably(fd: number): void {
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

function guarded<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    throw new HarnessError('JOURNAL_UNWRITABLE', `cannot write ${file}: ${messageOf(cause)}`, { cause })
  }
}
