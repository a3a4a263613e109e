// The write-ahead undo log: what must be undone is on disk before it is done, so that another process can undo it.
import { appendFileSync, closeSync, existsSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { undoSchema } from '../model/fault.ts'
import type { Undo } from '../model/fault.ts'

const lineSchema = z.discriminatedUnion('state', [
  z.strictObject({ id: z.number(), state: z.literal('pending'), undo: undoSchema }),
  z.strictObject({ id: z.number(), state: z.literal('done') }),
])

export interface UndoLog {
  /** On disk when this returns. */
  pending(undo: Undo): number
  done(id: number): void
}

export function openUndoLog(directory: string): UndoLog {
  const file = join(directory, 'undo.jsonl')
  dropTornLine(file)
  let next = readLines(directory).length + 1
  return {
    pending: (undo) => {
      const id = next++
      writeDurably(file, `${JSON.stringify({ id, state: 'pending', undo })}\n`)
      return id
    },
    done: (id) => appendFileSync(file, `${JSON.stringify({ id, state: 'done' })}\n`),
  }
}

/** What a run applied and never reported undone, newest first. */
export function outstanding(directory: string): readonly { readonly id: number; readonly undo: Undo }[] {
  const lines = readLines(directory)
  const done = new Set(lines.flatMap((line) => (line.state === 'done' ? [line.id] : [])))
  return lines.flatMap((line) => (line.state === 'pending' && !done.has(line.id) ? [line] : [])).reverse()
}

/** A torn last line was never acted on: the write comes first, and it did not end. */
function readLines(directory: string): readonly z.infer<typeof lineSchema>[] {
  const file = join(directory, 'undo.jsonl')
  if (!existsSync(file)) return []
  const complete = readFileSync(file, 'utf8').split('\n').slice(0, -1)
  return complete.map((line) => lineSchema.parse(JSON.parse(line)))
}

function dropTornLine(file: string): void {
  if (!existsSync(file)) return
  const bytes = readFileSync(file)
  truncateSync(file, bytes.lastIndexOf('\n') + 1)
}

function writeDurably(file: string, line: string): void {
  const fd = openSync(file, 'a')
  try {
    writeSync(fd, line)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}
