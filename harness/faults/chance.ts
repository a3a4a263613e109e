// How many looks tell a fault from chance: toxicity is rolled per connection, and small delays drown in noise.
import type { Judge } from './fault-kind.ts'

/** One look in this many may deceive us. */
const ODDS = 0.01
/** More looks than this are a load of their own; a toxicity below 4.5 % is then seen with less certainty. */
const MOST = 100
/** A delay at least this long is not mistaken for a busy machine. */
const PLAIN_MS = 250

/** One look for a plain effect; three, of which two must bite, for a small one; with toxicity, enough to meet a hit connection. */
export function looksFor(toxicity: number, strengthMs: number): Pick<Judge, 'looks' | 'enough'> {
  if (toxicity >= 1) return strengthMs >= PLAIN_MS ? { looks: 1, enough: 1 } : { looks: 3, enough: 2 }
  if (toxicity <= 0) return { looks: 1, enough: 1 }
  return { looks: Math.min(MOST, Math.ceil(Math.log(ODDS) / Math.log(1 - toxicity))), enough: 1 }
}
