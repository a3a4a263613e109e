// Judges a recorded run and renders its reports: from the journal alone, any day, with nothing running.
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { compareRuns } from '../checks/compare-runs.ts'
import { judgeGates } from '../checks/gate/judge-gates.ts'
import { judgeRun } from '../checks/judge.ts'
import { runBefore } from '../checks/run-before.ts'
import { historyOf } from '../checks/run-history.ts'
import type { Comparison } from '../model/comparison.ts'
import type { Judgement } from '../model/finding.ts'
import type { GateJudgement } from '../model/gate-finding.ts'
import type { RunRecord } from '../model/record.ts'
import { renderBadge } from '../render/badge.ts'
import { renderHtml } from '../render/html/page.ts'
import { renderJson } from '../render/json.ts'
import { renderJunit } from '../render/junit.ts'
import { renderMarkdown } from '../render/markdown.ts'
import { readHistories, writeHistory } from '../run/history-files.ts'
import type { Histories } from '../run/history-files.ts'
import { readPastRun } from '../run/past-run.ts'
import { runsDirectory } from '../run/run-directory.ts'
import { writeIndex } from './write-index.ts'

export interface Judged {
  readonly record: RunRecord
  readonly judgement: Judgement
  /** Of the phases the run was made for. */
  readonly gates: readonly GateJudgement[]
}

/** The renderings of a run by file name; a page also says what changed since the run before, where it is told of one. */
export const RENDERERS: Readonly<Record<string, (judged: Judged, changes?: Comparison) => string>> = {
  'report.md': ({ record, judgement, gates }) => renderMarkdown(record, judgement, gates),
  'report.json': ({ record, judgement, gates }) => renderJson(record, judgement, gates),
  'junit.xml': ({ record, judgement, gates }) => renderJunit(record, judgement, gates),
  'badge.json': ({ judgement, gates }) => renderBadge(judgement, gates),
  'report.html': ({ record, judgement, gates }, changes) => renderHtml(record, judgement, { gates, changes }),
}

export async function judgePast(path: string): Promise<Judged> {
  const record = await readPastRun(path)
  const judgement = judgeRun(record)
  return { record, judgement, gates: judgeGates(record, judgement) }
}

/** Writes every rendering beside the journal, what is to outlive it, and the page over all runs; of a run that lies elsewhere nothing is kept. */
export async function writeReports({ path }: { readonly path: string }, root: string): Promise<Judged> {
  const judged = await judgePast(path)
  const kept = dirname(path) === runsDirectory(root) ? keep(judged, root) : undefined
  for (const [file, render] of Object.entries(RENDERERS)) writeFileSync(join(path, file), render(judged, kept?.changes))
  if (kept !== undefined) writeIndex(root, kept.histories)
  return judged
}

interface Kept {
  readonly histories: Histories
  /** Since the run before it, if there was one. */
  readonly changes: Comparison | undefined
}

function keep({ record, judgement, gates }: Judged, root: string): Kept {
  const history = historyOf(record, judgement, gates)
  writeHistory(root, history)
  const histories = readHistories(root)
  const before = runBefore(history, histories.runs)
  return { histories, changes: before && compareRuns(before, history) }
}
