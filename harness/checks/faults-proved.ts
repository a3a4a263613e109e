// Did every fault really bite, and is every one gone? Without that nothing else in a drill means anything.
import { humanDuration } from '../model/duration.ts'
import { nameOf, wordOf } from '../model/fault.ts'
import type { DrillRecord, FaultRecord } from '../model/record.ts'
import { inconclusive, pass } from './outcome.ts'
import type { Check } from './outcome.ts'
import { count } from './wording.ts'

export const faultsProved: Check<'faults-proved'> = {
  describe: () => 'every fault is proved from outside, and proved gone afterwards',
  judge(_criterion, record) {
    const lines = record.faults.flatMap((fault) => fault.lines)
    const doubts = [unprovedFault(record), lingeringFault(record)].filter((doubt) => doubt !== undefined)
    if (doubts.length > 0) return inconclusive(doubts.join('; '), { lines })
    const spells = record.faults.map(
      (fault) => `${sayFault(fault)}: ${fault.proof?.seen ?? ''} (before: ${fault.proof?.before ?? ''})`,
    )
    return pass(`${count(record.faults.length, 'fault')} proved and proved gone; ${spells.join('; ')}`, { lines })
  },
}

/** Why the faults of a drill cannot be taken as having happened; undefined when all were proved. */
export function unprovedFault(record: DrillRecord): string | undefined {
  const missing = record.drill.faults.findIndex((_, index) => !record.faults.some((fault) => fault.index === index))
  const planned = record.drill.faults[missing]
  if (planned !== undefined) return `fault ${missing + 1}, ${nameOf(planned)}, was never begun`
  for (const fault of record.faults) {
    if (fault.appliedAt === undefined) return `${sayFault(fault)} was never applied`
    if (fault.proof === undefined) return `${sayFault(fault)} was applied but never proved`
    const { what, before, seen, holds } = fault.proof
    if (!holds) return `${sayFault(fault)} did not bite: ${what}, saw ${seen} (before: ${before})`
  }
  return undefined
}

/** Why the faults of a drill cannot be taken as over; undefined when all were proved gone. */
export function lingeringFault(record: DrillRecord): string | undefined {
  for (const fault of record.faults) {
    if (fault.appliedAt === undefined) continue
    const held =
      fault.revertedAt === undefined ? '' : ` ${humanDuration(fault.revertedAt - fault.appliedAt)} after it was applied`
    if (fault.revertedAt === undefined) return `${sayFault(fault)} was never reverted`
    if (fault.goneProof === undefined) return `${sayFault(fault)} was reverted${held} but never proved gone`
    if (!fault.goneProof.holds)
      return `${sayFault(fault)} was not gone: ${fault.goneProof.what}, saw ${fault.goneProof.seen}`
  }
  return undefined
}

function sayFault({ fault, target }: FaultRecord): string {
  return `${wordOf(fault)} on ${target}`
}
