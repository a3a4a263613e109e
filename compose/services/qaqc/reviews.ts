// Reviews: asked for once, completed once, by whoever decides.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isUuid, jsonBody, uuidParam } from '../kit/fields.ts'
import { pageOf, queryOf } from '../kit/query.ts'
import { typedFieldsOf } from '../kit/typed-fields.ts'
import { refuse } from './refusals.ts'
import type { QaqcWorld } from './world.ts'

const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const
const DECISIONS = ['approved', 'rejected', 'conditional', 'repeat_required'] as const
const TEXTS = { max: 100, length: 2000 }

const LIST = `select * from qaqc.qc_reviews
where ($3::text is null or status = $3) and ($4::text is null or review_type = $4)
  and ($5::text is null or priority = $5) and ($6::uuid is null or reviewer_id = $6)
order by created_at desc, id limit $1 offset $2`

/** A review, in a row of qaqc.qc_reviews. */
interface Review {
  readonly id: string
  readonly entity_type: string
  readonly entity_id: string
  readonly review_type: string
}

/** All routes under /api/v1/qc/reviews. */
export function reviewRoutes(app: FastifyInstance, world: QaqcWorld): void {
  const { query } = world.database
  app.get('/api/v1/qc/reviews', async (request) => {
    const wish = queryOf(request, 'VALIDATION_ERROR')
    const page = pageOf(wish, { size: 'page_size', fallback: 100, max: 100 })
    const words = [wish.word('status', ['pending', 'completed']), wish.text('review_type')]
    const filters = [...words, wish.word('priority', PRIORITIES), wish.text('reviewer_id', isUuid)]
    return query(LIST, [page.size, page.offset, ...filters])
  })
  app.get('/api/v1/qc/reviews/:id', async (request) => {
    const id = uuidParam(request)
    const [review] = await query('select * from qaqc.qc_reviews where id = $1', [id])
    return review ?? missing(id)
  })
  app.post('/api/v1/qc/reviews', (request) => askFor(world, request))
  app.post('/api/v1/qc/reviews/:id/complete', (request) => complete(world, request))
}

function missing(id: string): never {
  throw refuse('NOT_FOUND', `QC review ${id} not found`)
}

const INSERT = `insert into qaqc.qc_reviews
  (entity_type, entity_id, review_type, priority, requested_by, notes, metadata)
values ($1, $2, $3, $4, $5, $6, $7) returning *`

async function askFor({ database, outbox, callerOf }: QaqcWorld, request: FastifyRequest): Promise<object> {
  const fields = typedFieldsOf(jsonBody(request))
  const values = [
    fields.text('entity_type', { min: 1, max: 100 }),
    fields.uuid('entity_id'),
    fields.text('review_type', { min: 1, max: 50 }),
    fields.optionalWord('priority', PRIORITIES) ?? 'normal',
    callerOf(request).userId,
    fields.optionalText('notes'),
    fields.optionalObject('metadata'),
  ]
  fields.done('VALIDATION_ERROR')
  return database.transaction(async (query) => {
    const [review] = await query<Review>(INSERT, values)
    if (review === undefined) throw new Error('the insert returned no row')
    const { id, entity_type, entity_id, review_type } = review
    const payload = { review_id: id, entity_type, entity_id, review_type }
    await outbox.add(query, { type: 'qc.review_requested', payload, subject: id })
    return review
  })
}

/** Of many who decide at the same time one does; `$7` lifts that, as shipped. */
const COMPLETE = `update qaqc.qc_reviews
set status = 'completed', decision = $2, reviewer_id = $3, review_comments = $4, deviations = $5,
  corrective_actions = $6, completed_at = now(), updated_at = now()
where id = $1 and (status = 'pending' or $7) returning *`

async function complete(world: QaqcWorld, request: FastifyRequest): Promise<object> {
  const { database, outbox, settings } = world
  const id = uuidParam(request)
  const fields = typedFieldsOf(jsonBody(request))
  const decision = fields.word('decision', DECISIONS)
  const comments = fields.optionalText('comments')
  const lists = [fields.optionalTexts('deviations', TEXTS), fields.optionalTexts('corrective_actions', TEXTS)]
  fields.done('VALIDATION_ERROR')
  const by = world.callerOf(request).userId
  const overwrite = settings.defects.has('reviews-overwritten')
  return database.transaction(async (query) => {
    const [review] = await query<Review>(COMPLETE, [id, decision, by, comments, ...lists, overwrite])
    if (review === undefined) {
      const known = await query('select 1 from qaqc.qc_reviews where id = $1', [id])
      if (known.length > 0) throw refuse('CONFLICT', `QC review ${id} is completed already`)
      return missing(id)
    }
    const payload = { review_id: id, entity_id: review.entity_id, decision, reviewer_id: by }
    await outbox.add(query, { type: 'qc.review_completed', payload, subject: id })
    return review
  })
}
