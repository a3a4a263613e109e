// Three verdicts and their one order: fail outranks inconclusive outranks pass, everywhere.
import { EXIT } from '../errors.ts'

export type Verdict = 'pass' | 'fail' | 'inconclusive'

const RANK: Readonly<Record<Verdict, number>> = { pass: 0, inconclusive: 1, fail: 2 }

/** The verdict of many. Of none it is inconclusive: nothing measured is not a pass. */
export function worst(verdicts: Iterable<Verdict>): Verdict {
  let result: Verdict | undefined
  for (const verdict of verdicts) if (result === undefined || RANK[verdict] > RANK[result]) result = verdict
  return result ?? 'inconclusive'
}

/** The exit code a verdict leads to. */
export function exitCodeOf(verdict: Verdict): number {
  return { pass: EXIT.ready, fail: EXIT.notReady, inconclusive: EXIT.inconclusive }[verdict]
}
