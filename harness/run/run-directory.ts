// Directories of runs: reports/runs/<id>, named so that they sort by time.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { HarnessError } from '../errors.ts'

export interface RunDirectory {
  readonly run: string
  readonly path: string
}

export function runsDirectory(root: string): string {
  return join(root, 'reports', 'runs')
}

/** `20261121-073015-3fa9c1`: UTC, so that runs of several machines sort together. */
export function newRunId(now: number): string {
  const stamp = new Date(now).toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15)
  return `${stamp}-${randomBytes(3).toString('hex')}`
}

export function createRunDirectory(root: string, now: number): RunDirectory {
  const run = newRunId(now)
  const path = join(runsDirectory(root), run)
  mkdirSync(join(path, 'artifacts'), { recursive: true })
  return { run, path }
}

/** All runs, oldest first. */
export function listRuns(root: string): readonly RunDirectory[] {
  const directory = runsDirectory(root)
  if (!existsSync(directory)) return []
  return readdirSync(directory)
    .filter((name) => /^\d{8}-\d{6}-/.test(name))
    .sort()
    .map((run) => ({ run, path: join(directory, run) }))
}

/** A run by its id, a unique beginning of it, its path, or `latest`. Throws STACK_NOT_FOUND-like usage errors naming what there is. */
export function findRun(root: string, name: string): RunDirectory {
  const byPath = resolve(name)
  if (existsSync(join(byPath, 'journal.jsonl'))) return { run: basename(byPath), path: byPath }
  const runs = listRuns(root)
  const found = name === 'latest' ? runs.slice(-1) : runs.filter(({ run }) => run.startsWith(name))
  if (found.length === 1 && found[0]) return found[0]
  const known = runs.slice(-5).map(({ run }) => run)
  const what = found.length === 0 ? `no run ${name}` : `${found.length} runs begin with ${name}`
  throw new HarnessError('JOURNAL_UNREADABLE', `${what} in ${runsDirectory(root)}; newest: ${known.join(', ') || 'none'}`)
}
