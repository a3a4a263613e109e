// reports/index.html: all runs on one page, from what is kept of each; fast, for no journal is read.
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { renderIndex } from '../render/html/index-page.ts'
import type { AllRuns } from '../render/html/index-page.ts'
import { readHistories } from '../run/history-files.ts'
import type { Histories } from '../run/history-files.ts'
import { listRuns } from '../run/run-directory.ts'

/** Its path. Whole or not at all, for somebody may be reading it. */
export function writeIndex(root: string, histories: Histories = readHistories(root)): string {
  const path = join(root, 'reports', 'index.html')
  mkdirSync(join(root, 'reports'), { recursive: true })
  writeFileSync(`${path}.new`, renderIndex(allRuns(root, histories)))
  renameSync(`${path}.new`, path)
  return path
}

function allRuns(root: string, { runs, unread }: Histories): AllRuns {
  const known = new Set([...runs.map(({ run }) => run), ...unread])
  const directories = listRuns(root)
  return {
    runs,
    unread,
    reports: new Set(directories.flatMap(({ run, path }) => (existsSync(join(path, 'report.html')) ? [run] : []))),
    unjudged: directories.flatMap(({ run, path }) => (!known.has(run) && existsSync(join(path, 'journal.jsonl')) ? [run] : [])),
  }
}
