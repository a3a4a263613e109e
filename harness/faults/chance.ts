// How many looks tell a fault from chance and noise: toxicity is rolled per connection, and small delays drown in a
// busy machine.
import type { Judge } from './fault-kind.ts'

/** One round of looks in this many may deceive us. */
const ODDS = 0.01
/** More looks than this are a load of their own; a toxicity below 4.5 % is then seen with less certainty. */
const MOST = 100
/** A delay at least this long is not mistaken for a busy machine. */
const PLAIN_MS = 250
/** Looks that run side by side: enough to be quick, too few to be a load. */
const SIDE_BY_SIDE = 8

export interface Odds {
  readonly toxicity: number
  /** By how much one look differs; Infinity when it is no matter of timing. */
  readonly strengthMs: number
  /** Whether each look that is hit shows it. */
  readonly steady: boolean
}

type Looks = Pick<Judge, 'looks' | 'enough' | 'atOnce'>

/**
 * Plain and steady: one look. Faint and steady: five in a row must all show it, for noise comes and goes and the fault
 * does not. Unsteady: most of ten. With toxicity: enough to meet a hit connection, and for a faint effect several of
 * them.
 */
export function looksFor({ toxicity, strengthMs, steady }: Odds): Looks {
  const plain = strengthMs >= PLAIN_MS
  const atOnce = plain ? SIDE_BY_SIDE : 1
  if (toxicity > 0 && toxicity < 1) return looksForShare(toxicity, plain)
  if (!steady) return { looks: 10, enough: 6, atOnce }
  return plain ? { looks: 1, enough: 1, atOnce: 1 } : { looks: 5, enough: 5, atOnce: 1 }
}

function looksForShare(share: number, plain: boolean): Looks {
  const toMeetOne = Math.ceil(Math.log(ODDS) / Math.log(1 - share))
  if (plain) return { looks: Math.min(MOST, toMeetOne), enough: 1, atOnce: SIDE_BY_SIDE }
  const looks = Math.min(MOST, 3 * toMeetOne)
  return { looks, enough: Math.ceil((looks * share) / 2), atOnce: SIDE_BY_SIDE }
}
