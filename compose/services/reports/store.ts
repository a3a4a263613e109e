// Stores reports and what becomes of them; who makes one is settled by its claim, which runs out by itself.
import { carrier } from '../kit/span.ts'
import { refuse } from './refusals.ts'
import type { Row } from './table.ts'
import type { ReportsWorld } from './world.ts'

/** A report as told, in a row of reports.generated_reports. */
export interface Report {
  readonly id: string
  readonly title: string
  readonly report_type: string
  readonly format: 'json' | 'csv'
  readonly status: 'generating' | 'completed' | 'failed'
  readonly created_at: Date
}

/** What is wanted, by whom; `rows` where they are submitted with it. */
export interface ReportWish {
  readonly title: string
  readonly type: string
  readonly format: Report['format']
  readonly rows: readonly Row[] | null
  readonly by: string
}

/** The columns of a Report; what was submitted and what was made of it can be long. */
export const REPORT = `id, title, report_type, format, status, file_size, row_count, error_message, generated_by,
  created_at, completed_at`

/** A report that somebody has undertaken to make; `attempts` tells this undertaking from later ones. */
export interface ClaimedReport extends Report {
  readonly submitted: readonly Row[] | null
  readonly generated_by: string
  readonly attempts: number
  readonly context: Readonly<Record<string, string>>
}

/** Only so many may wait, counted no further than that. */
const INSERT = `with waiting as (
  select count(*) as n from (select from reports.generated_reports where status = 'generating' limit $1) as counted
)
insert into reports.generated_reports (title, report_type, format, submitted, generated_by, context)
select $2, $3, $4, $5::jsonb, $6, $7 from waiting where n < $1
returning ${REPORT}`

/** Stores what is wanted together with its event; 503 queue_full when too many wait already. */
export function acceptReport({ database, outbox, settings }: ReportsWorld, wish: ReportWish): Promise<Report> {
  const { title, type, format, rows, by } = wish
  const submitted = rows === null ? null : JSON.stringify(rows)
  return database.transaction(async (query) => {
    const values = [settings.queueLimit, title, type, format, submitted, by, carrier()]
    const [report] = await query<Report>(INSERT, values)
    if (report === undefined) throw refuse('queue_full', 'Too many reports wait to be made, try again later')
    const payload = { report_id: report.id, report_type: type, format, requested_by: by }
    await outbox.add(query, { type: 'report.requested', payload, subject: report.id })
    return report
  })
}

const CLAIM = `update reports.generated_reports
set attempts = attempts + 1, claimed_until = now() + make_interval(secs => $2)
where id in (
  select id from reports.generated_reports
  where status = 'generating' and (claimed_until is null or claimed_until < now())
  order by attempts, created_at limit $1 for update skip locked
)
returning ${REPORT}, submitted, attempts, context`

/** Undertakes to make up to so many reports that wait, those tried least first. */
export function claimReports({ database, settings }: ReportsWorld): Promise<ClaimedReport[]> {
  const { workers, sourceTimeout, queryTimeout } = settings
  // As long as the source may take, and the database before and after it.
  return database.query<ClaimedReport>(CLAIM, [workers, (sourceTimeout + 3 * queryTimeout) / 1000])
}

/** Gives a report back, to be tried again. */
export async function releaseReport({ database }: ReportsWorld, { id, attempts }: ClaimedReport): Promise<void> {
  const sql = `update reports.generated_reports set claimed_until = null
    where id = $1 and attempts = $2 and status = 'generating'`
  await database.query(sql, [id, attempts])
}

/** What a report came to: its content, or why there is none. */
export interface Outcome {
  readonly content: string | null
  readonly rows: number | null
  readonly error: string | null
}

/** Only the undertaking that still holds may settle a report; what was submitted is not needed any longer. */
const SETTLE = `update reports.generated_reports
set status = $3, content = $4, row_count = $5, error_message = $6, file_size = $7, submitted = null,
  completed_at = now(), claimed_until = null
where id = $1 and attempts = $2 and status = 'generating' returning id`

/** Stores what a report came to together with its event; false when somebody else has settled it. */
export function settleReport(world: ReportsWorld, report: ClaimedReport, outcome: Outcome): Promise<boolean> {
  const { content, rows, error } = outcome
  const status = content === null ? 'failed' : 'completed'
  const size = content === null ? null : Buffer.byteLength(content)
  return world.database.transaction(async (query) => {
    const settled = await query(SETTLE, [report.id, report.attempts, status, content, rows, error, size])
    if (settled.length === 0) return false
    const payload = { report_id: report.id, report_type: report.report_type, status, row_count: rows, error }
    await world.outbox.add(query, { type: `report.${status}`, payload, subject: report.id })
    return true
  })
}
