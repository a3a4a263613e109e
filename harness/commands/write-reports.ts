// Judges a recorded run and renders its reports: from the journal alone, any day, with nothing running.
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { judgeRun } from '../checks/judge.ts'
import { historyOf } from '../checks/run-history.ts'
import type { Judgement } from '../model/finding.ts'
import type { RunRecord } from '../model/record.ts'
import { renderHtml } from '../render/html/page.ts'
import { renderJson } from '../render/json.ts'
import { renderJunit } from '../render/junit.ts'
import { renderMarkdown } from '../render/markdown.ts'
import { writeHistory } from '../run/history-files.ts'
import { readPastRun } from '../run/past-run.ts'
import { runsDirectory } from '../run/run-directory.ts'

export interface Judged {
  readonly record: RunRecord
  readonly judgement: Judgement
}

/** The renderings of a run by file name. */
export const RENDERERS: Readonly<Record<string, (record: RunRecord, judgement: Judgement) => string>> = {
  'report.md': renderMarkdown,
  'report.json': renderJson,
  'junit.xml': renderJunit,
  'report.html': renderHtml,
}

export async function judgePast(path: string): Promise<Judged> {
  const record = await readPastRun(path)
  return { record, judgement: judgeRun(record) }
}

/** Writes every rendering beside the journal, and what is to outlive it; of a run that lies elsewhere nothing is kept. */
export async function writeReports({ path }: { readonly path: string }, root: string): Promise<Judged> {
  const judged = await judgePast(path)
  for (const [file, render] of Object.entries(RENDERERS)) writeFileSync(join(path, file), render(judged.record, judged.judgement))
  if (dirname(path) === runsDirectory(root)) writeHistory(root, historyOf(judged.record, judged.judgement))
  return judged
}
