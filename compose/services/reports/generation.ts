// Makes reports in the background: soon after they are asked for, again while a source is away, restarts included.
import { SpanKind } from '@opentelemetry/api'
import { createRounds, type Rounds } from '../kit/rounds.ts'
import { inLinkedSpan, linksTo, untraced } from '../kit/span.ts'
import { REPORT_TYPES } from './report-types.ts'
import { askForRows, SourceError } from './source.ts'
import { claimReports, releaseReport, settleReport, type ClaimedReport } from './store.ts'
import { columnsOf, csvOf, summarise, type Row } from './table.ts'
import type { ReportsWorld } from './world.ts'

/** Makes the rounds that make what waits; a round in which nothing could be settled counts as failed. */
export function createWorker(world: ReportsWorld, warn: (message: string) => void): Rounds {
  return createRounds({
    work: async () => {
      const reports = await untraced(() => claimReports(world))
      const problems = await Promise.all(reports.map((report) => traced(world, report)))
      const allWait = reports.length > 0 && problems.every((one) => one !== undefined)
      if (allWait) throw new Error(problems[0])
      return reports.length === world.settings.workers
    },
    failed: (error) => warn(`reports wait: ${error.message}`),
  })
}

/** A trace of its own, linked to that of the request. */
function traced(world: ReportsWorld, report: ClaimedReport): Promise<string | undefined> {
  const attributes = { 'report.id': report.id, 'report.type': report.report_type, 'report.attempt': report.attempts }
  const span = { name: 'make report', kind: SpanKind.CONSUMER, attributes, links: linksTo(report.context) }
  return inLinkedSpan(span, () => make(world, report))
}

/** Makes one report; the reason when it has to wait. */
async function make(world: ReportsWorld, report: ClaimedReport): Promise<string | undefined> {
  try {
    const rows = await rowsFor(world, report)
    await settleReport(world, report, { content: contentOf(report, rows), rows: rows.length, error: null })
    return undefined
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    if (error.final || isTooOld(report, world)) {
      await settleReport(world, report, { content: null, rows: null, error: error.message })
      return undefined
    }
    await releaseReport(world, report)
    return error.message
  }
}

async function rowsFor({ settings }: ReportsWorld, report: ClaimedReport): Promise<readonly Row[]> {
  const source = REPORT_TYPES[report.report_type]?.source
  return source === undefined ? (report.submitted ?? []) : askForRows(settings, source, report.generated_by)
}

function isTooOld({ created_at }: ClaimedReport, { settings }: ReportsWorld): boolean {
  return Date.now() - created_at.getTime() > settings.generationLife
}

function contentOf({ title, report_type, format }: ClaimedReport, rows: readonly Row[]): string {
  if (format === 'csv') return csvOf(rows)
  const head = { title, report_type, generated_at: new Date().toISOString() }
  return JSON.stringify({ ...head, summary: summarise(rows), columns: columnsOf(rows), rows })
}
