// Asks for reports, lists them, and hands out what was made.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { randomUUID } from 'node:crypto'
import { jsonBody, mistyped, uuidParam } from '../kit/fields.ts'
import { pageOf, queryOf } from '../kit/query.ts'
import { typedFieldsOf } from '../kit/typed-fields.ts'
import { refuse } from './refusals.ts'
import { REPORT_TYPES, rowsOf } from './report-types.ts'
import { acceptReport, REPORT, type Report, type ReportWish } from './store.ts'
import type { ReportsRoutesWorld } from './world.ts'

const FORMATS = ['json', 'csv'] as const
/** So many rows may be submitted with a report. */
const MAX_ROWS = 1000

/** All routes under /api/reports. */
export function reportRoutes(app: FastifyInstance, world: ReportsRoutesWorld): void {
  app.get('/api/reports', (request) => list(world, request))
  app.get('/api/reports/templates', async () => {
    const templates = Object.entries(REPORT_TYPES).map(([id, { name, description, category }]) => {
      return { id, name, description, category, formats: FORMATS }
    })
    return { templates, total: templates.length, success: true }
  })
  app.post('/api/reports/generate', async (request) => {
    const wish = readWish(world, request)
    const shipped = world.settings.defects.has('reports-never-made')
    const { id } = shipped ? { id: randomUUID() } : await acceptReport(world, wish)
    world.wakeWorker()
    return { id, status: 'generating', success: true }
  })
  app.get('/api/reports/:id', async (request) => ({ ...(await reportById(world, request, REPORT)), success: true }))
  app.get('/api/reports/:id/content', async (request, reply) => {
    const report = await reportById(world, request, `${REPORT}, content`)
    if (report.status !== 'completed') throw refuse('report_not_ready', `The report is ${report.status}`)
    reply.type(report.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8')
    return report.content
  })
}

function readWish({ callerOf }: ReportsRoutesWorld, request: FastifyRequest): ReportWish {
  const body = jsonBody(request)
  const fields = typedFieldsOf(body)
  const type = fields.word('report_type', Object.keys(REPORT_TYPES))
  const rows = type === 'custom' ? rowsOf(body.rows) : null
  if (rows === undefined) throw mistyped('rows: a list of objects is needed')
  if (rows !== null && rows.length > MAX_ROWS) fields.problem(`rows may have at most ${MAX_ROWS} entries`)
  const wish = {
    title: fields.optionalText('title', { min: 1, max: 255 }) ?? REPORT_TYPES[type]?.name ?? type,
    type,
    format: fields.optionalWord('format', FORMATS) ?? 'json',
    rows,
    by: callerOf(request).userId,
  }
  fields.done('validation_error')
  return wish
}

const LIST = `select ${REPORT} from reports.generated_reports
where ($3::text is null or status = $3) order by created_at desc, id limit $1 offset $2`
const COUNT = `select count(*)::int as total from reports.generated_reports where ($1::text is null or status = $1)`

async function list({ database }: ReportsRoutesWorld, request: FastifyRequest): Promise<object> {
  const wish = queryOf(request, 'validation_error')
  const page = pageOf(wish, { size: 'page_size', fallback: 50, max: 200 })
  const status = wish.word('status', ['generating', 'completed', 'failed'])
  const reports = await database.query<Report>(LIST, [page.size, page.offset, status])
  const [count] = await database.query<{ total: number }>(COUNT, [status])
  return { reports, total: count?.total ?? 0, success: true }
}

async function reportById(
  { database }: ReportsRoutesWorld,
  request: FastifyRequest,
  columns: string,
): Promise<Report & { readonly content?: string }> {
  const id = uuidParam(request)
  const sql = `select ${columns} from reports.generated_reports where id = $1`
  const [row] = await database.query<Report & { content?: string }>(sql, [id])
  if (row === undefined) throw refuse('report_not_found', `Report ${id} not found`)
  return row
}
