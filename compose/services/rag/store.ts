// Stores documents and what becomes of them; who processes one is settled by its claim, which runs out by itself.
import { carrier } from '../kit/span.ts'
import { documentType } from './document-type.ts'
import { SUBMISSION, type ClaimedDocument, type Submission } from './document.ts'
import type { Outcome } from './extraction.ts'
import { passagesOf } from './passages.ts'
import { refuse } from './refusals.ts'
import type { Upload } from './upload.ts'
import type { RagWorld } from './world.ts'

/** Who brings a document, and whether it is processed at once or when its turn comes. */
export interface Intake {
  readonly by: string
  readonly atOnce: boolean
}

/** How long (s) a claim holds: as long as the model may take, and the database before and after it. */
function lease({ modelTimeout, queryTimeout }: RagWorld['settings']): number {
  return (modelTimeout + 3 * queryTimeout) / 1000
}

/** Only so many may wait, counted no further than that. */
const INSERT = `with waiting as (
  select count(*) as n from (select from rag.documents where status = 'processing' limit $1) as counted
)
insert into rag.documents (filename, document_type, content, uploaded_by, context, attempts, claimed_until)
select $2, $3, $4, $5, $6, $7::integer, case when $7 > 0 then now() + make_interval(secs => $8) end
from waiting where n < $1
returning ${SUBMISSION}, content, attempts, context`

/** Stores a new document together with its event; 503 queue_full when too many wait already. */
export async function acceptDocument(world: RagWorld, upload: Upload, intake: Intake): Promise<ClaimedDocument> {
  const { settings } = world
  const { filename, text } = upload
  const type = documentType(filename)
  const attempts = intake.atOnce ? 1 : 0
  const values = [settings.queueLimit, filename, type, text, intake.by, carrier(), attempts, lease(settings)]
  return world.database.transaction(async (query) => {
    const [row] = await query<ClaimedDocument>(INSERT, values)
    if (row === undefined) throw refuse('queue_full', 'Too many documents wait to be processed, try again later')
    const payload = { document_id: row.id, filename, document_type: type, uploaded_by: intake.by, size: text.length }
    await world.outbox.add(query, { type: 'document.uploaded', payload, subject: row.id })
    return row
  })
}

const CLAIM = `update rag.documents set attempts = attempts + 1, claimed_until = now() + make_interval(secs => $2)
where id in (
  select id from rag.documents
  where status = 'processing' and (claimed_until is null or claimed_until < now())
  order by attempts, created_at limit $1 for update skip locked
)
returning ${SUBMISSION}, content, attempts, context`

/** Undertakes to process up to so many documents that wait, those tried least first. */
export function claimDocuments({ database, settings }: RagWorld): Promise<ClaimedDocument[]> {
  return database.query<ClaimedDocument>(CLAIM, [settings.workers, lease(settings)])
}

/** Gives a document back, to be tried again. */
export async function releaseDocument({ database }: RagWorld, { id, attempts }: ClaimedDocument): Promise<void> {
  await database.query(
    `update rag.documents set claimed_until = null where id = $1 and attempts = $2 and status = 'processing'`,
    [id, attempts],
  )
}

/** Only the undertaking that still holds may settle a document. */
const SETTLE = `update rag.documents
set status = $3, extracted_data = $4, confidence_score = $5, samples_found = $6, error = $7, processed_at = now(),
  claimed_until = null
where id = $1 and attempts = $2 and status = 'processing'
returning ${SUBMISSION}`

/** Stores what a document says, its passages and its events; undefined when somebody else has settled it. */
export function completeDocument(
  world: RagWorld,
  document: ClaimedDocument,
  { data, score, samples }: Outcome,
): Promise<Submission | undefined> {
  const { id, attempts, filename } = document
  return world.database.transaction(async (query) => {
    const [row] = await query<Submission>(SETTLE, [id, attempts, 'completed', data, score, samples, null])
    if (row === undefined) return undefined
    const sql = 'insert into rag.passages (document_id, title, body) select $1, $2, unnest($3::text[])'
    await query(sql, [id, filename, passagesOf(document.content)])
    const told = { document_id: id, status: 'completed', confidence_score: score, samples_found: samples }
    await world.outbox.add(query, { type: 'document.processing_completed', payload: told, subject: id })
    const found = { document_id: id, extracted_data: data }
    await world.outbox.add(query, { type: 'document.information_extracted', payload: found, subject: id })
    return row
  })
}

/** Stores that a document cannot be processed; undefined when somebody else has settled it. */
export function failDocument(
  world: RagWorld,
  { id, attempts }: ClaimedDocument,
  error: string,
): Promise<Submission | undefined> {
  return world.database.transaction(async (query) => {
    const [row] = await query<Submission>(SETTLE, [id, attempts, 'failed', {}, 0, 0, error])
    if (row === undefined) return undefined
    const payload = { document_id: id, status: 'failed', error }
    await world.outbox.add(query, { type: 'document.processing_completed', payload, subject: id })
    return row
  })
}
