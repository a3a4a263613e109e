// Turns what the model found into the documented form: facts by section, each with its confidence, and a score.
import type { ModelExtraction } from './model-answers.ts'

/** A document's facts by section; `confidence` is that of each fact. */
export interface ExtractedData {
  readonly administrative: Readonly<Record<string, string>>
  readonly sample: Readonly<Record<string, string>>
  readonly sequencing: Readonly<Record<string, string>>
  readonly storage: Readonly<Record<string, string>>
  readonly confidence: Readonly<Record<string, number>>
}

/** What came out of a document. */
export interface Outcome {
  readonly data: ExtractedData
  /** 0 to 1: how much of what a submission needs is there, and how surely. */
  readonly score: number
  readonly samples: number
}

/** What a complete submission says. */
const EXPECTED = ['submitter_email', 'submitter_name', 'sample_id', 'sample_type', 'concentration', 'volume']

/** The outcome of an extraction. */
export function outcomeOf({ fields, samples }: ModelExtraction): Outcome {
  const section = (wanted: string): Record<string, string> => {
    const found = fields.filter((field) => field.section === wanted)
    return Object.fromEntries(found.map(({ name, value }) => [name, value]))
  }
  const confidence = Object.fromEntries(fields.map((field) => [field.name, field.confidence]))
  const total = EXPECTED.reduce((sum, name) => sum + (confidence[name] ?? 0), 0)
  return {
    data: {
      administrative: section('administrative'),
      sample: section('sample'),
      sequencing: section('sequencing'),
      storage: section('storage'),
      confidence,
    },
    score: Math.round((total / EXPECTED.length) * 1000) / 1000,
    samples: confidence.sample_id === undefined ? 0 : Math.max(samples.length, 1),
  }
}
