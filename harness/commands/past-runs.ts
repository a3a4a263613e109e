// Runs of the past, judged again from their journals, or from what was kept in reports/history when those are gone.
import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { historyOf } from '../checks/run-history.ts'
import type { Unread } from '../checks/rule-quality.ts'
import { HarnessError, messageOf } from '../errors.ts'
import type { RunHistory } from '../model/run-history.ts'
import { listHistory, readHistory } from '../run/history-files.ts'
import { listRuns } from '../run/run-directory.ts'
import type { CommandWorld } from './command-world.ts'
import { judgePast } from './write-reports.ts'

export interface PastRun {
  readonly run: string
  /** A run directory, or a file of the history. */
  readonly path: string
}

/** All that are known, oldest first; the journal is preferred, for it can be judged by the checks of today. */
export function listPast(root: string): readonly PastRun[] {
  const runs = listRuns(root).filter(({ path }) => hasJournal(path))
  const known = new Set(runs.map(({ run }) => run))
  return [...runs, ...listHistory(root).filter(({ run }) => !known.has(run))].toSorted((a, b) => a.run.localeCompare(b.run))
}

/** By id, a unique beginning of it, a directory, a file of the history, `latest`, or `previous`: the one before that. */
export function findPast(root: string, name: string): PastRun {
  const byPath = resolve(name)
  if (hasJournal(byPath)) return { run: basename(byPath), path: byPath }
  if (name.endsWith('.json') && existsSync(byPath)) return { run: basename(byPath, '.json'), path: byPath }
  const all = listPast(root)
  const found = { latest: all.slice(-1), previous: all.slice(-2, -1) }[name] ?? all.filter(({ run }) => run.startsWith(name))
  if (found.length === 1 && found[0]) return found[0]
  const known = all.slice(-5).map(({ run }) => run).join(', ')
  const what = found.length === 0 ? `no run ${name}` : `${found.length} runs begin with ${name}`
  throw new HarnessError('JOURNAL_UNREADABLE', `${what} in reports/runs or reports/history; newest: ${known || 'none'}`, { hint: 'name a run, its beginning, its directory, latest or previous' })
}

function hasJournal(path: string): boolean {
  return existsSync(join(path, 'journal.jsonl'))
}

export async function readPast({ path }: PastRun): Promise<RunHistory> {
  if (!hasJournal(path)) return readHistory(path)
  const { record, judgement, gates } = await judgePast(path)
  return historyOf(record, judgement, gates)
}

export interface PastRuns {
  readonly runs: readonly RunHistory[]
  readonly unread: readonly Unread[]
}

/** One after another, for journals are large. A run that was named has to be readable; of all others it is said which is not. */
export async function readPasts({ root, signal, tell }: CommandWorld, names?: readonly string[]): Promise<PastRuns> {
  const wanted = names === undefined ? listPast(root) : [...new Map(names.map((name) => findPast(root, name)).map((one) => [one.path, one])).values()]
  const runs: RunHistory[] = []
  const unread: Unread[] = []
  for (const past of wanted) {
    signal.throwIfAborted()
    const read = await readPast(past).catch((thrown: unknown) => {
      if (names !== undefined) throw thrown
      tell(`left out: ${messageOf(thrown)}`)
      unread.push({ run: past.run, why: 'cannot be read' })
      return undefined
    })
    if (read !== undefined) runs.push(read)
  }
  return { runs: runs.toSorted((a, b) => a.run.localeCompare(b.run)), unread }
}
