// Whether a window was really looked at: silence counts only where it was.
import { humanDuration } from '../model/duration.ts'
import type { GroupCoverage, Window } from '../model/evidence.ts'
import type { DrillRecord } from '../model/record.ts'
import { sayMissing } from './wording.ts'

/** Bookkeeping around a window (stamping a phase, starting a query) takes up to this long. */
const EDGE_MS = 1_000

interface Look {
  readonly covered: boolean
  readonly missing?: string | undefined
}

/** Why a look at `seen` does not cover `needed`; undefined when it does. `what` begins it, such as "alerts". */
export function gapOf(
  what: string,
  look: Look,
  windows: { readonly seen: Window; readonly needed: Window },
): string | undefined {
  if (!look.covered) return `${what} were not fully seen${sayMissing(look.missing)}`
  const early = windows.seen.from - windows.needed.from
  const late = windows.needed.to - windows.seen.to
  if (early > EDGE_MS) return `${what} were not looked at in the first ${humanDuration(early)}`
  if (late > EDGE_MS) return `${what} were not looked at in the last ${humanDuration(late)}`
  return undefined
}

/** Evaluations are known by being scraped, so a healthy group may show pauses of a few intervals. */
const INTERVALS = 5

/** Why rule evaluation did not cover the window of its evidence, leaving out groups of which that is known beforehand. */
export function evaluationGap(all: readonly GroupCoverage[], known: readonly string[] = []): string | undefined {
  const groups = all.filter(({ group }) => !known.includes(group))
  const idle = groups.find(({ evaluations }) => evaluations === 0)
  if (idle !== undefined) return `rule group ${idle.group} was never evaluated`
  const gappy = groups.find(({ longestGapMs, intervalMs }) => longestGapMs > INTERVALS * intervalMs + EDGE_MS)
  if (gappy === undefined) return failureGap(groups)
  const pause = humanDuration(gappy.longestGapMs)
  return `rule group ${gappy.group} was not evaluated for ${pause}, its interval is ${humanDuration(gappy.intervalMs)}`
}

/** Why the silence of some rule says nothing: it could not be evaluated. */
export function failureGap(all: readonly GroupCoverage[], known: readonly string[] = []): string | undefined {
  const failed = all.find((one) => one.failed && !known.includes(one.group))
  return failed && `Prometheus failed to evaluate a rule of group ${failed.group}`
}

/** Groups of rules that the drill itself changes: what they would have said, nobody can know. */
export function changedGroups({ drill: { faults } }: Pick<DrillRecord, 'drill'>): readonly string[] {
  return faults.flatMap((fault) => (fault.kind === 'config_change' ? (/^groups\[name=([^\]]+)\]/.exec(fault.at)?.[1] ?? []) : []))
}
