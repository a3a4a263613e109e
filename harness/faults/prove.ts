// Proves from the outside that a fault bites, and later that it is gone: looks until it shows, or says what was seen
// instead.
import { HarnessError } from '../errors.ts'
import type { Proof } from '../model/evidence.ts'
import type { Clock } from '../time/clock.ts'
import { poll } from '../time/poll.ts'
import type { Judge, Sight } from './fault-kind.ts'
import { sayLook } from './look-words.ts'

/** Milliseconds for an effect to set in or to fade, besides the time of one look. */
const SETTLE_MS = 10_000

export interface Question {
  readonly what: string
  readonly judge: Judge
  readonly before: Sight
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly look: (patienceMs: number) => Promise<Sight>
}

/** Holds when enough looks of one round bite. Does not hold, with the reason, when nothing could ever show it. */
export async function proveBite(question: Question): Promise<Proof> {
  const { judge, before } = question
  const blind = blindness(judge, before)
  if (blind !== undefined)
    return { what: question.what, before: sayLook(before), seen: `cannot be proved: ${blind}`, holds: false }
  return prove(question, { needed: judge.enough, shows: (seen) => judge.bites(before, seen) })
}

/**
 * Holds when all looks of one round are clear of the effect; of one that could not be seen anyway, when they end as
 * before.
 */
export async function proveGone(question: Question): Promise<Proof> {
  const { judge, before } = question
  const asBefore = (seen: Sight) => seen.outcome === before.outcome || seen.outcome === 'answered'
  const shows = blindness(judge, before) === undefined ? (seen: Sight) => judge.gone(before, seen) : asBefore
  return prove(question, { needed: judge.looks, shows })
}

function blindness(judge: Judge, before: Sight): string | undefined {
  return before.outcome === 'answered' ? judge.blind(before) : 'nothing answered before the fault'
}

interface Aim {
  /** How many looks of one round must show it. */
  readonly needed: number
  readonly shows: (seen: Sight) => boolean
}

interface Round {
  readonly looks: number
  readonly hits: number
  /** A look that stands for the round: one that shows it if enough do, else one that does not. */
  readonly example: Sight | undefined
}

async function prove(question: Question, aim: Aim): Promise<Proof> {
  const { judge, before, clock, signal, what } = question
  const within = SETTLE_MS + judge.patienceMs(before) * Math.ceil(judge.looks / judge.atOnce)
  let last: Round = { looks: 0, hits: 0, example: undefined }
  const holds = await poll({ clock, within, every: 250, signal, what: 'the looks to show it' }, async () => {
    last = await round(question, aim)
    return last.hits >= aim.needed
  }).catch((thrown: unknown) => {
    if (thrown instanceof HarnessError && thrown.code === 'DEADLINE' && last.example) return false
    throw thrown
  })
  return { what, before: sayLook(before), seen: sayRound(last, aim), holds }
}

/** Looks in batches until enough have shown it, or too many have not. */
async function round({ judge, before, look }: Question, aim: Aim): Promise<Round> {
  const hits: Sight[] = []
  const misses: Sight[] = []
  const open = () => hits.length < aim.needed && judge.looks - misses.length >= aim.needed
  while (open()) {
    const batch = Math.min(judge.atOnce, judge.looks - hits.length - misses.length)
    const seen = await Promise.all(Array.from({ length: batch }, () => look(judge.patienceMs(before))))
    for (const sight of seen) (aim.shows(sight) ? hits : misses).push(sight)
  }
  const enough = hits.length >= aim.needed
  return { looks: hits.length + misses.length, hits: hits.length, example: enough ? hits.at(-1) : misses.at(-1) }
}

function sayRound({ looks, hits, example }: Round, aim: Aim): string {
  const words = example ? sayLook(example) : 'no look was possible'
  if (looks <= 1) return words
  return `${words} (${hits >= aim.needed ? hits : looks - hits} of ${looks} looks were like this)`
}
