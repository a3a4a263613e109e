// What GitHub is told of a gate: annotations on the run, and its report as the summary of the job. Nothing where it does not ask.
import { overallOf } from '../model/gate-finding.ts'
import { renderAnnotations } from '../render/annotations.ts'
import { renderMarkdown } from '../render/markdown.ts'
import { appendText } from '../run/append-text.ts'
import type { CommandWorld } from './command-world.ts'
import type { Judged } from './write-reports.ts'

/** A job summary holds 1 MiB. */
const MOST_SUMMARY = 900_000

export function annotate(world: CommandWorld, { record, judgement, gates }: Judged): void {
  const { GITHUB_ACTIONS, GITHUB_STEP_SUMMARY } = world.env
  if (GITHUB_ACTIONS === 'true') for (const line of renderAnnotations(gates, overallOf(judgement, gates))) world.tell(line)
  if (GITHUB_STEP_SUMMARY === undefined || GITHUB_STEP_SUMMARY === '') return
  const problem = appendText(GITHUB_STEP_SUMMARY, renderMarkdown(record, judgement, gates).slice(0, MOST_SUMMARY))
  if (problem !== undefined) world.tell(`no job summary: ${problem}`)
}
