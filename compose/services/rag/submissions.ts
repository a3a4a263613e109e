// Lists what was submitted, newest first, and tells what became of one document.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isUuid } from '../kit/fields.ts'
import { pageOf, queryOf, type Page } from '../kit/query.ts'
import { SUBMISSION, submissionJson, type Submission } from './document.ts'
import { refuse } from './refusals.ts'
import type { RagRoutesWorld } from './world.ts'

const LIST = `select ${SUBMISSION} from rag.documents order by created_at desc, id limit $1 offset $2`
const COUNTS = `select count(*)::int as total,
  (count(*) filter (where status = 'processing'))::int as processing,
  (count(*) filter (where status = 'completed'))::int as completed,
  (count(*) filter (where status = 'failed'))::int as failed
from rag.documents`

interface Counts {
  readonly total: number
  readonly processing: number
  readonly completed: number
  readonly failed: number
}

/** GET /api/submissions, /api/rag/submissions and /api/rag/submissions/:id. */
export function submissionRoutes(app: FastifyInstance, world: RagRoutesWorld): void {
  app.get('/api/submissions', async (request) => {
    const { submissions, counts } = await list(world, pageAsked(request))
    return { submissions, total: counts.total }
  })
  app.get('/api/rag/submissions', async (request) => {
    const { submissions, counts } = await list(world, pageAsked(request))
    const { total, processing, completed, failed } = counts
    return { submissions, data: submissions, totalCount: total, processing, completed, failed }
  })
  app.get<{ Params: { id: string } }>('/api/rag/submissions/:id', async ({ params: { id } }) => {
    const sql = `select ${SUBMISSION} from rag.documents where id = $1`
    const [row] = isUuid(id) ? await world.database.query<Submission>(sql, [id]) : []
    if (row === undefined) throw refuse('submission_not_found', `Submission ${id.slice(0, 60)} not found`)
    return submissionJson(row)
  })
}

/** The documents know no pages here; without them a year of submissions would be one answer. */
function pageAsked(request: FastifyRequest): Page {
  return pageOf(queryOf(request, 'validation_error'), { size: 'page_size', fallback: 50, max: 200 })
}

async function list({ database }: RagRoutesWorld, { size, offset }: Page) {
  const rows = await database.query<Submission>(LIST, [size, offset])
  const [counts] = await database.query<Counts>(COUNTS)
  const none = { total: 0, processing: 0, completed: 0, failed: 0 }
  return { submissions: rows.map(submissionJson), counts: counts ?? none }
}
