// Finds the passages that have most to do with a question, in the full-text index of the database.
import type { RagWorld } from './world.ts'

/** A passage that was found; `relevance` is 0 to 1. */
export interface FoundPassage {
  readonly title: string
  readonly text: string
  readonly relevance: number
}

/** So many words of a question are looked for. */
const MAX_WORDS = 40
/** So many passages are found. */
const TOP = 5

/**
 * Any word may match, and the best rank wins, among the newest thousand that match: words that every document has
 * must not make a search slower with every document. Rank 32 divides each rank by itself + 1, so that it is below 1.
 */
const SEARCH = `select title, body as text, round(ts_rank(search, wanted, 32)::numeric, 3)::real as relevance
from (
  select * from rag.passages, to_tsquery('english', $1) as wanted where search @@ wanted order by id desc limit 1000
) as matching
order by relevance desc, id limit ${TOP}`

/** The passages for a question and, with less weight, for what was asked before it. */
export async function findPassages(world: RagWorld, question: string): Promise<FoundPassage[]> {
  const wanted = anyWord(question)
  if (wanted === '') return []
  const started = performance.now()
  try {
    return await world.database.query<FoundPassage>(SEARCH, [wanted])
  } finally {
    world.metrics.retrieved((performance.now() - started) / 1000)
  }
}

/** The question as a tsquery that any of its words fulfils; with letters and digits only, nothing is an operator. */
export function anyWord(question: string): string {
  const words = question.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return [...new Set(words)].slice(0, MAX_WORDS).join(' | ')
}
