// Operations counted by name, with the reasons why some were not good.
import type { HistoryLine } from './history-line.ts'

const REASONS_PER_OP = 10

export interface OpTally {
  readonly invoked: number
  readonly good: number
  readonly bad: number
  /** Begun, and nothing more was heard. */
  readonly unknown: number
  /** Why operations were not good, and how often; the first ten reasons. */
  readonly why: Readonly<Record<string, number>>
}

export type OpTallies = Readonly<Record<string, OpTally>>

interface Counts {
  invoked: number
  good: number
  bad: number
  readonly why: Map<string, number>
}

export interface OpCounter {
  invoked(line: HistoryLine): void
  settled(line: HistoryLine): void
  list(): OpTallies
}

export function openOpTallies(): OpCounter {
  const ops = new Map<string, Counts>()
  const countsOf = (op: string): Counts => {
    const known = ops.get(op)
    if (known) return known
    const fresh = { invoked: 0, good: 0, bad: 0, why: new Map<string, number>() }
    ops.set(op, fresh)
    return fresh
  }
  return {
    invoked: ({ op }) => {
      countsOf(op).invoked += 1
    },
    settled: (line) => settle(countsOf(line.op), line),
    list: () => Object.fromEntries([...ops].map(([op, counts]) => [op, tallyOf(counts)])),
  }
}

function settle(counts: Counts, { good = false, why = 'no reason given' }: HistoryLine): void {
  counts[good ? 'good' : 'bad'] += 1
  if (good || (!counts.why.has(why) && counts.why.size >= REASONS_PER_OP)) return
  counts.why.set(why, (counts.why.get(why) ?? 0) + 1)
}

function tallyOf({ invoked, good, bad, why }: Counts): OpTally {
  return { invoked, good, bad, unknown: invoked - good - bad, why: Object.fromEntries(why) }
}
