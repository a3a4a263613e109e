// What must be true of stored data whenever nothing is on its way any more, whoever wrote it and whatever was acknowledged.
import { z } from 'zod'
import { durationSchema, parseDuration } from './duration.ts'

const sql = z.string().min(1)

/** One entry of `x-harness.invariants` of compose.yaml. */
export const invariantSchema = z.strictObject({
  service: z.string().describe('the database service'),
  url: z.string().describe('connection URL, with ${VAR:-default} as in Compose'),
  query: sql.describe('SQL that gives one row for each violation: "key", what is broken, and "why", one clause that names the rows'),
  counts: sql.optional().describe('SQL that gives one number "n": how many things were judged; 0 is no proof of anything'),
  settle: durationSchema.optional().describe('how long after the load a state may take to become whole; no time when left out'),
  scenarios: z.array(z.string()).min(1).optional().describe('the loads it says something of; every load when left out'),
})
export type Invariant = z.infer<typeof invariantSchema>
export type Invariants = Readonly<Record<string, Invariant>>

/** Real work takes real time, however fast the harness makes time run. */
const LEAST_SETTLE_MS = 2_000

/** The names of those that say something of a load. */
export function invariantsOf(scenario: string, all: Invariants = {}): readonly string[] {
  return Object.keys(all).filter((name) => all[name]?.scenarios?.includes(scenario) ?? true)
}

/** Real milliseconds: divided by the acceleration, but never below 2 s when there is to be any time at all. */
export function settleMsOf({ settle = '0s' }: Invariant, acceleration: number): number {
  const ms = parseDuration(settle)
  return ms === 0 ? 0 : Math.max(LEAST_SETTLE_MS, ms / acceleration)
}
