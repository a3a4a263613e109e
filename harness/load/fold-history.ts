// The operation history folded into what the harness needs of it. Pure; keeps numbers and keys, never lines.
import type { LoadBucket } from '../model/evidence.ts'
import { parseLine } from './history-line.ts'
import type { HistoryLine } from './history-line.ts'
import { openOpTallies } from './op-tallies.ts'
import type { OpTallies } from './op-tallies.ts'
import { openSecondBuckets } from './second-buckets.ts'
import { openTraceSamples } from './trace-samples.ts'
import type { SampledTrace } from './trace-samples.ts'
import { openWriteOutcomes } from './write-outcomes.ts'
import type { Writes } from './write-outcomes.ts'

export interface History {
  readonly buckets: readonly LoadBucket[]
  readonly writes: Writes
  readonly traces: readonly SampledTrace[]
  readonly ops: OpTallies
  readonly lines: number
  /** Lines that are not history; a torn last line is one. */
  readonly unreadable: number
  /** Whether the last line is unreadable: k6 was killed while it wrote. */
  readonly torn: boolean
  /** Outcomes whose operation was not begun, or had ended already. Only an acknowledged write is taken from them. */
  readonly orphans: number
}

export interface HistoryFold {
  add(text: string): void
  end(): History
}

/** Folds all lines of a history. Empty lines are skipped. */
export function foldHistory(lines: Iterable<string>): History {
  const fold = openFold()
  for (const line of lines) fold.add(line)
  return fold.end()
}

/** The same fold for lines that arrive one by one. */
export function openFold(): HistoryFold {
  const operations = openOperations()
  const seen = { lines: 0, unreadable: 0, torn: false }
  return {
    add: (text) => {
      if (text === '') return
      const line = parseLine(text)
      seen.lines += 1
      seen.torn = line === undefined
      if (line === undefined) seen.unreadable += 1
      else if (line.type === 'invoked') operations.invoked(line)
      else operations.settled(line)
    },
    end: () => ({ ...operations.end(), ...seen }),
  }
}

/** Brings the two lines of every operation together. */
function openOperations() {
  const [buckets, writes, ops, traces] = [openSecondBuckets(), openWriteOutcomes(), openOpTallies(), openTraceSamples()]
  const begun = new Map<string, number>()
  let orphans = 0
  const orphan = (line: HistoryLine): void => {
    orphans += 1
    if (line.type === 'acknowledged') writes.add(line)
  }
  return {
    invoked: (line: HistoryLine): void => {
      begun.set(line.id, line.t)
      writes.add(line)
      if (line.of !== undefined) return
      buckets.invoked(line.t)
      ops.invoked(line)
    },
    settled: (line: HistoryLine): void => {
      const { id, op, of, trace = '', good = false, ms = 0 } = line
      const t = begun.get(id)
      if (t === undefined) return orphan(line)
      begun.delete(id)
      writes.add(line)
      if (of !== undefined) return
      buckets.settled(t, good, ms)
      ops.settled(line)
      traces.add({ trace, t, op, good, ms })
    },
    end: () => ({ buckets: buckets.list(), writes: writes.list(), ops: ops.list(), traces: traces.list(), orphans }),
  }
}
