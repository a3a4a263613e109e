// Takes documents in: what is acknowledged is stored; the answer has the result when the model gives it in time.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { randomUUID } from 'node:crypto'
import type { ClaimedDocument, Submission } from './document.ts'
import { outcomeOf, type ExtractedData } from './extraction.ts'
import { processDocument } from './processing.ts'
import { refuse } from './refusals.ts'
import { acceptDocument } from './store.ts'
import { readUpload } from './upload.ts'
import type { RagRoutesWorld } from './world.ts'

/** One route with three names. */
const PATHS = ['/api/rag/process', '/upload', '/process-document']

/** POST /api/rag/process, /upload and /process-document. */
export function intakeRoutes(app: FastifyInstance, world: RagRoutesWorld): void {
  const take = world.settings.defects.has('memory-only-intake') ? forget : keep
  for (const path of PATHS) app.post(path, (request, reply) => take(world, request, reply))
}

/** 200 with the result, or 202 when the document is safe but has to wait. */
async function keep(world: RagRoutesWorld, request: FastifyRequest, reply: FastifyReply): Promise<object> {
  const upload = await readUpload(request)
  const atOnce = !world.model.hindered()
  const document = await acceptDocument(world, upload, { by: world.callerOf(request).userId, atOnce })
  const settled = atOnce ? await tryAtOnce(world, document, request) : undefined
  const result = { submission_id: document.id, started: document.created_at }
  if (settled === undefined) {
    world.wakeWorker()
    reply.status(202)
    const message = 'Document accepted, it is processed as soon as possible'
    return answerOf({ ...result, score: 0, samples: 0, data: {}, message })
  }
  if (settled.status === 'failed') throw refuse('unprocessable_document', `Processing failed: ${settled.error}`)
  const { confidence_score: score, samples_found: samples, extracted_data: data } = settled
  return answerOf({ ...result, score, samples, data })
}

/** The document is stored already, so a failure of ours only means that it has to wait. */
async function tryAtOnce(
  world: RagRoutesWorld,
  document: ClaimedDocument,
  request: FastifyRequest,
): Promise<Submission | undefined> {
  try {
    return await processDocument(world, document)
  } catch (error) {
    request.log.error({ err: error }, 'a document that is stored could not be processed at once')
    return undefined
  }
}

/** The shipped defect: what is acknowledged was never stored. */
async function forget({ model }: RagRoutesWorld, request: FastifyRequest): Promise<object> {
  const { text } = await readUpload(request)
  const started = new Date()
  return answerOf({ submission_id: randomUUID(), started, ...outcomeOf(await model.extract(text)) })
}

interface Result {
  readonly submission_id: string
  readonly score: number
  readonly samples: number
  readonly data: Partial<ExtractedData>
  readonly started: Date
  readonly message?: string
}

function answerOf({ submission_id, score, samples, data, started, message }: Result): object {
  const done =
    samples > 0 ? 'Document processed successfully' : 'Document processed but no complete sample information found'
  return {
    success: true,
    confidence_score: score,
    samples_found: samples,
    processing_time: (Date.now() - started.getTime()) / 1000,
    extracted_data: data,
    message: message ?? done,
    submission_id,
    status: message === undefined ? 'completed' : 'processing',
  }
}
