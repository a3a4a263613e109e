// The RAG service's own metrics: what the model does, how long documents and searches take.
import { Counter, Gauge, Histogram } from 'prom-client'
import type { Metrics } from '../kit/metrics.ts'
import { DOCUMENT_TYPES, type DocumentType } from './document-type.ts'

/** Records what happens between documents, questions and the model; times in seconds. */
export interface RagMetrics {
  /** A question was put to the model. */
  asked(): void
  /** The model answered, refused, or was given up. */
  inferred(seconds: number): void
  used(tokens: number): void
  /** A document or question was not served in time by the model. */
  timedOut(): void
  /** A document has been processed, so long after it came in. */
  processed(type: DocumentType, seconds: number): void
  retrieved(seconds: number): void
  /** The share of the labelled set the model reads rightly; undefined when it could not be asked. */
  accuracy(share: number | undefined): void
}

const INFERENCE = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 7.5, 10, 15, 30]
/** A document waits as long as the model is away. */
const PROCESSING = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900]
/** The only index there is: the passages of documents and of the laboratory's guidelines. */
const INDEX = 'documents'

/** What a histogram with this label tells. */
const HELP: Readonly<Record<string, string>> = {
  model: 'Time the model took for one question, as seen from here; given up ones included.',
  index: 'Time a search for passages took.',
  document_type: 'Time from the intake of a document to its result.',
}

/** Exports the metrics for the model of that name. */
export function createRagMetrics({ service, registry, counter }: Metrics, model: string): RagMetrics {
  const registers = [registry]
  const of = { model, service }
  const llm = (name: string, help: string): Counter<'model' | 'service'> => {
    const made = new Counter({ name, help, labelNames: ['model', 'service'], registers })
    made.inc(of, 0)
    return made
  }
  const requests = llm('llm_requests_total', 'Questions put to the model.')
  const tokens = llm('llm_tokens_used_total', 'Tokens the model read and wrote.')
  const timed = (name: string, label: string, buckets: number[]): Histogram => {
    return new Histogram({ name, help: HELP[label] ?? name, labelNames: [label], buckets, registers })
  }
  const inference = timed('model_inference_duration_seconds', 'model', INFERENCE)
  const retrieval = timed('rag_retrieval_duration_seconds', 'index', INFERENCE)
  const processing = timed('document_processing_duration_seconds', 'document_type', PROCESSING)
  for (const type of DOCUMENT_TYPES) processing.zero({ document_type: type })
  retrieval.zero({ index: INDEX })
  inference.zero({ model })
  return {
    asked: () => requests.inc(of),
    inferred: (seconds) => inference.observe({ model }, seconds),
    used: (count) => tokens.inc(of, count),
    timedOut: counter('rag_processing_timeouts_total', 'Documents and questions the model did not serve in time.'),
    processed: (type, seconds) => processing.observe({ document_type: type }, seconds),
    retrieved: (seconds) => retrieval.observe({ index: INDEX }, seconds),
    accuracy: accuracyGauge(registry, model),
  }
}

/** A model that cannot be asked has no accuracy: the series goes away, rather than telling what was true once. */
function accuracyGauge(registry: Metrics['registry'], model: string): RagMetrics['accuracy'] {
  const gauge = new Gauge({
    name: 'ai_model_accuracy',
    help: 'Share of the labelled facts the model reads rightly.',
    labelNames: ['model'],
    registers: [registry],
  })
  return (share) => {
    if (share === undefined) gauge.remove({ model })
    else gauge.set({ model }, share)
  }
}
