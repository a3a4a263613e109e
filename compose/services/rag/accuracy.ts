// Measures how well the model reads, on documents of which the facts are known; now and then, and soon after a failure.
import { createRounds, type Rounds } from '../kit/rounds.ts'
import { untraced } from '../kit/span.ts'
import { LABELLED_SET, type LabelledDocument } from './labelled-set.ts'
import type { ModelExtraction } from './model-answers.ts'
import type { RagWorld } from './world.ts'

/** The facts of one document, and how many of them were read rightly. */
export interface Score {
  readonly facts: number
  readonly right: number
}

/** How many of a document's facts the model has read as they are. */
export function scoreOf({ facts }: LabelledDocument, { fields }: ModelExtraction): Score {
  const read = new Map(fields.map(({ name, value }) => [name, value]))
  const entries = Object.entries(facts)
  return { facts: entries.length, right: entries.filter(([name, value]) => read.get(name) === value).length }
}

/** After a failure the next attempt is made so soon (ms). */
const RETRY = 15_000

/** Makes the rounds that measure the model's accuracy. */
export function createAccuracy({ settings, model, metrics }: Pick<RagWorld, 'settings' | 'model' | 'metrics'>): Rounds {
  let due = 0
  return createRounds({
    work: async () => {
      if (Date.now() < due) return false
      due = Date.now() + Math.min(RETRY, settings.accuracyEvery)
      metrics.accuracy(await measure(model))
      due = Date.now() + settings.accuracyEvery
      return false
    },
    failed: () => metrics.accuracy(undefined),
  })
}

async function measure(model: RagWorld['model']): Promise<number> {
  let facts = 0
  let right = 0
  for (const document of LABELLED_SET) {
    const score = scoreOf(document, await untraced(() => model.extract(document.text)))
    facts += score.facts
    right += score.right
  }
  return right / facts
}
