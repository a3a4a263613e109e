// reports/history: one small file for each run, which stays when its directory is removed.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { HarnessError, messageOf } from '../errors.ts'
import { runHistorySchema } from '../model/run-history.ts'
import type { RunHistory } from '../model/run-history.ts'

export interface HistoryFile {
  readonly run: string
  readonly path: string
}

export function historyDirectory(root: string): string {
  return join(root, 'reports', 'history')
}

/** All of them, oldest first. */
export function listHistory(root: string): readonly HistoryFile[] {
  const directory = historyDirectory(root)
  if (!existsSync(directory)) return []
  const names = readdirSync(directory).filter((name) => /^\d{8}-\d{6}-.*\.json$/.test(name))
  return names.sort().map((name) => ({ run: name.slice(0, -'.json'.length), path: join(directory, name) }))
}

/** In one line, and whole or not at all: others may read while we write. */
export function writeHistory(root: string, history: RunHistory): void {
  const path = join(historyDirectory(root), `${history.run}.json`)
  mkdirSync(historyDirectory(root), { recursive: true })
  writeFileSync(`${path}.new`, `${JSON.stringify(history)}\n`)
  renameSync(`${path}.new`, path)
}

/** Throws JOURNAL_UNREADABLE, naming the file and what is wrong with it. */
export function readHistory(path: string): RunHistory {
  const hint = 'it is made again by harness report while the journal of the run is there; else remove it'
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path, 'utf8'))
  } catch (thrown) {
    throw new HarnessError('JOURNAL_UNREADABLE', `${path}: ${messageOf(thrown)}`, { hint, cause: thrown })
  }
  const read = runHistorySchema.safeParse(value)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new HarnessError('JOURNAL_UNREADABLE', `${path}: ${issue?.path.join('.') || 'the file'}: ${issue?.message}`, { hint })
}

export interface Histories {
  /** Oldest first. */
  readonly runs: readonly RunHistory[]
  /** Of those that cannot be read: one bad file is no reason to lose the rest. */
  readonly unread: readonly string[]
}

export function readHistories(root: string): Histories {
  const runs: RunHistory[] = []
  const unread: string[] = []
  for (const { run, path } of listHistory(root)) {
    try {
      runs.push(readHistory(path))
    } catch (thrown) {
      if (!(thrown instanceof HarnessError)) throw thrown
      unread.push(run)
    }
  }
  return { runs, unread }
}
