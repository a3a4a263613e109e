// A history on disk, read line by line: its size is bounded by the run, not by memory.
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { openFold } from './fold-history.ts'
import type { History } from './fold-history.ts'

/** Folds a whole history file. A torn last line is counted, not an error. Rejects when the file can not be read. */
export async function readHistory(file: string, signal?: AbortSignal): Promise<History> {
  const fold = openFold()
  const stream = createReadStream(file, { encoding: 'utf8', signal })
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) fold.add(line)
  return fold.end()
}
