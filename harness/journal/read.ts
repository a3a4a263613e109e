// Reads a journal back from disk: the only way from a run to its report, on the same day or years later.
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { HarnessError, messageOf } from '../errors.ts'
import { JOURNAL_VERSION } from '../model/entry.ts'
import type { Entry, EntryOf } from '../model/entry.ts'
import type { RunRecord } from '../model/record.ts'
import { foldRun } from './fold.ts'
import { linesOf } from './lines.ts'

/** The name of the journal inside the directory of a run. */
export const JOURNAL_FILE = 'journal.jsonl'

/**
 * Reads the journal of a run, given its directory or the file itself. A torn last line (a run that was killed while
 * writing) is counted. Throws JOURNAL_UNREADABLE, naming file and line, on any other line that is no entry we know.
 */
export async function readRun(path: string): Promise<RunRecord> {
  const file = await journalFile(path)
  const read: Read = { file, entries: [], torn: undefined }
  try {
    for await (const lines of linesOf(file)) for (const line of lines) take(read, line)
  } catch (thrown) {
    throw thrown instanceof HarnessError ? thrown : missing(`cannot read ${file}`, thrown)
  }
  return foldRun(firstOf(file, read.entries), read.entries, read.torn === undefined ? 0 : 1)
}

interface Read {
  readonly file: string
  readonly entries: Entry[]
  torn: HarnessError | undefined
}

/** A line that is no JSON is forgiven when nothing follows it. */
function take(read: Read, line: string): void {
  if (read.torn !== undefined) throw read.torn
  const entry = readLine(read.file, line, read.entries.length + 1)
  if (entry instanceof HarnessError) read.torn = entry
  else read.entries.push(entry)
}

async function journalFile(path: string): Promise<string> {
  try {
    return (await stat(path)).isDirectory() ? join(path, JOURNAL_FILE) : path
  } catch (cause) {
    throw missing(`there is no run at ${path}`, cause)
  }
}

function tornLine(where: string, thrown: unknown): HarnessError {
  const hint = 'only the last line may be torn; restore the journal, for nothing can be judged from a damaged one'
  return unreadable(`${where}: not JSON (${messageOf(thrown)})`, hint)
}

function readLine(file: string, line: string, number: number): Entry | HarnessError {
  const where = `${file}:${number}`
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (thrown) {
    return tornLine(where, thrown)
  }
  const { v, seq, at, type } = (value ?? {}) as Readonly<Record<string, unknown>>
  if (v !== JOURNAL_VERSION) {
    const found = v === undefined ? 'no version' : `version ${JSON.stringify(v)}`
    throw unreadable(
      `${where}: ${found}, this harness reads version ${JOURNAL_VERSION}`,
      'read it with the harness that wrote it',
    )
  }
  if (seq !== number) {
    throw unreadable(
      `${where}: says it is line ${JSON.stringify(seq)}; lines were lost or added`,
      'restore the journal as it was written',
    )
  }
  if (typeof at !== 'number' || typeof type !== 'string') {
    throw unreadable(
      `${where}: an entry needs a number \`at\` and a text \`type\``,
      'restore the journal as it was written',
    )
  }
  return value as Entry
}

function firstOf(file: string, entries: readonly Entry[]): EntryOf<'run-opened'> {
  const [first] = entries
  if (first?.type === 'run-opened') return first
  const found = first === undefined ? 'is empty' : `begins with ${first.type}`
  throw unreadable(
    `${file}:1: the journal ${found}, expected run-opened`,
    'name the journal.jsonl of a run; this run died before it began, or this is another file',
  )
}

function unreadable(message: string, hint: string): HarnessError {
  return new HarnessError('JOURNAL_UNREADABLE', message, { hint })
}

function missing(message: string, cause: unknown): HarnessError {
  return new HarnessError('JOURNAL_UNREADABLE', `${message}: ${messageOf(cause)}`, { cause })
}
