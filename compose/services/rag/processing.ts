// Processes documents: at once where the model is there, else in the background until it is back, restarts included.
import { SpanKind } from '@opentelemetry/api'
import { createRounds, type Rounds } from '../kit/rounds.ts'
import { inLinkedSpan, linksTo, untraced } from '../kit/span.ts'
import { processingSeconds, type ClaimedDocument, type Submission } from './document.ts'
import { outcomeOf } from './extraction.ts'
import { ModelRefused, ModelUnavailable } from './model.ts'
import { claimDocuments, completeDocument, failDocument, releaseDocument } from './store.ts'
import type { RagWorld } from './world.ts'

/** Processes a claimed document; undefined when it has to wait, or somebody else has settled it. */
export async function processDocument(world: RagWorld, document: ClaimedDocument): Promise<Submission | undefined> {
  const settled = await settle(world, document)
  const seconds = settled && processingSeconds(settled)
  if (settled !== undefined) world.metrics.processed(settled.document_type, seconds ?? 0)
  return settled
}

async function settle(world: RagWorld, document: ClaimedDocument): Promise<Submission | undefined> {
  try {
    const extraction = await world.model.extract(document.content)
    return await completeDocument(world, document, outcomeOf(extraction))
  } catch (error) {
    if (error instanceof ModelRefused) return failDocument(world, document, error.message)
    if (!(error instanceof ModelUnavailable)) throw error
    if (error.timeout) world.metrics.timedOut()
    if (isTooOld(document, world)) return failDocument(world, document, `not processed in time: ${error.message}`)
    await releaseDocument(world, document)
    return undefined
  }
}

function isTooOld({ created_at }: ClaimedDocument, { settings }: RagWorld): boolean {
  return Date.now() - created_at.getTime() > settings.processingLife
}

/** Makes the rounds that process what waits; a round in which nothing could be settled counts as failed. */
export function createWorker(world: RagWorld, warn: (message: string) => void): Rounds {
  return createRounds({
    work: async () => {
      const documents = await untraced(() => claimDocuments(world))
      const settled = await Promise.all(documents.map((document) => traced(world, document)))
      const allWait = documents.length > 0 && settled.every((one) => one === undefined)
      if (allWait) throw new Error(`${documents.length} have to wait for the model`)
      return documents.length === world.settings.workers
    },
    failed: (error) => warn(`documents wait: ${error.message}`),
  })
}

/** A trace of its own, linked to that of the intake. */
function traced(world: RagWorld, document: ClaimedDocument): Promise<Submission | undefined> {
  const attributes = { 'document.id': document.id, 'document.attempt': document.attempts }
  const span = { name: 'process document', kind: SpanKind.CONSUMER, attributes, links: linksTo(document.context) }
  return inLinkedSpan(span, () => processDocument(world, document))
}
