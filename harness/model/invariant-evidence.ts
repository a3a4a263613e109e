// What was seen of one invariant of stored data.

/** One look at it: when, counted from the end of the load (or from when the first look was due), and what it found. */
export interface InvariantLook {
  readonly afterMs: number
  readonly violations: number
}

/** One row of its query, cut to a bounded length. */
export interface Violation {
  readonly key: string
  readonly why: string
}

/** Looked at before the load began or after it ended, until nothing was broken or `settleMs` had passed. */
export interface InvariantEvidence {
  readonly invariant: string
  readonly when: 'before' | 'after'
  /** Real milliseconds. */
  readonly settleMs: number
  readonly looks: number
  /** Left out when no look succeeded. */
  readonly first?: InvariantLook
  readonly last?: InvariantLook
  /** How many things the last look judged; left out when the invariant does not count them. */
  readonly judged?: number
  /** Some of what the last look found. */
  readonly examples: readonly Violation[]
}
