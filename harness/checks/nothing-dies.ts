// Did every service stay up, but for those a fault took down?
import { humanDuration } from '../model/duration.ts'
import { KILLED_FOR_MEMORY } from '../model/engine.ts'
import type { EntryOf } from '../model/entry.ts'
import type { DrillRecord } from '../model/record.ts'
import { endOf, sayWhen } from './disturbance.ts'
import { fail, pass } from './outcome.ts'
import type { Check } from './outcome.ts'

/** A log line may hold a whole stack trace; the rest of it is in the journal. */
const MOST_OF_A_LINE = 200

/**
 * Implied only where deaths are watched, so none recorded means none. A crash is no death by itself: the injector says
 * beforehand whom it kills. Nor is a kill by the kernel at the limit that a fault has set: that is the fault.
 */
export const nothingDies: Check<'nothing-dies'> = {
  describe: () => 'no service ends by itself',
  judge(_criterion, record) {
    const deaths = record.entries.filter((entry) => entry.type === 'service-died').filter((death) => !isOfAFault(death, record))
    if (deaths.length > 0)
      return fail(deaths.map((death) => sayDeath(death, record)).join('; '), { lines: deaths.map(({ seq }) => seq) })
    const watched = (record.closed?.at ?? endOf(record)) - record.openedAt
    return pass(`none ended by itself in ${humanDuration(watched)}`)
  },
}

function isOfAFault({ service, how, at }: EntryOf<'service-died'>, { entries, faults }: DrillRecord): boolean {
  if (!how.includes(KILLED_FOR_MEMORY)) return false
  const limited = faults.filter(({ fault, target }) => fault.kind === 'memory_limit' && target === service)
  return limited.some(({ index, revertedAt }) => {
    const begun = entries.find((entry) => entry.type === 'fault-applying' && entry.index === index && entry.target === service)
    return begun !== undefined && begun.at <= at && at <= (revertedAt ?? Infinity)
  })
}

function sayDeath({ service, how, at, lastLines }: EntryOf<'service-died'>, record: DrillRecord): string {
  const last = lastLines.findLast((line) => line.trim() !== '')?.trim() ?? 'it logged nothing'
  const shown = last.length > MOST_OF_A_LINE ? `${last.slice(0, MOST_OF_A_LINE - 1)}…` : last
  return `${service} ended by itself with ${how} ${sayWhen(at, record)}: ${shown}`
}
