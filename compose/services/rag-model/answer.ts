// Answers a question out of the passages it is given: the sentences that share most words with it, nothing invented.
import { sentences, words } from './words.ts'

/** What a question may be answered from. */
export interface Passage {
  readonly title: string
  readonly text: string
}

/** A question; `history` are earlier questions of the same conversation, oldest first. */
export interface Question {
  readonly question: string
  readonly history: readonly string[]
  readonly passages: readonly Passage[]
}

/** An answer; `used` are the indexes of the passages it was taken from. */
export interface Answer {
  readonly answer: string
  /** The share of the question's words that the answer's passages cover, 0 to 1. */
  readonly confidence: number
  readonly used: readonly number[]
}

/** What is said when no passage helps. */
export const NO_ANSWER =
  'Nothing in the documents of this laboratory answers that. Ask about samples, submissions, storage, ' +
  'quality control or sequencing.'

const MAX_SENTENCES = 3
/** A word of an earlier question counts less than one of this question. */
const REMEMBERED = 0.25

/** Answers; the same question, history and passages always give the same answer. */
export function answer({ question, history, passages }: Question): Answer {
  const asked = new Set(words(question))
  const weights = new Map<string, number>(words(history.join(' ')).map((word) => [word, REMEMBERED]))
  for (const word of asked) weights.set(word, 1)
  const candidates = passages.flatMap(({ text }, passage) =>
    sentences(text).map((sentence) => ({ passage, sentence, score: score(sentence, weights) })),
  )
  // The sort is stable: of equals the earlier passage and sentence comes first.
  const best = candidates.filter((one) => one.score > 0).sort((a, b) => b.score - a.score).slice(0, MAX_SENTENCES)
  if (best.length === 0) return { answer: NO_ANSWER, confidence: 0, used: [] }
  const used = [...new Set(best.map(({ passage }) => passage))]
  const known = new Set(used.flatMap((index) => words(passages[index]?.text ?? '')))
  const covered = [...asked].filter((word) => known.has(word)).length
  const confidence = Math.round((covered / Math.max(asked.size, 1)) * 100) / 100
  return { answer: best.map(({ sentence }) => sentence).join(' '), confidence, used }
}

function score(sentence: string, weights: ReadonlyMap<string, number>): number {
  return [...new Set(words(sentence))].reduce((sum, word) => sum + (weights.get(word) ?? 0), 0)
}
