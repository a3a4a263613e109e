// What became of every row the load tried to write: the ground truth that the databases are compared with.
import type { HistoryLine } from './history-line.ts'

export interface Write {
  /** acknowledged when any attempt was; failed only when every attempt was; else nobody knows. */
  readonly outcome: 'acknowledged' | 'failed' | 'unknown'
  /** Of the line that decided: milliseconds since the epoch. */
  readonly t: number
  readonly trace: string
}

/** store -> key -> what became of it. */
export type Writes = ReadonlyMap<string, ReadonlyMap<string, Write>>

interface Attempts {
  tried: number
  failed: number
  acknowledged: boolean
  t: number
  trace: string
}

export interface WriteOutcomes {
  add(line: HistoryLine): void
  list(): Writes
}

export function openWriteOutcomes(): WriteOutcomes {
  const stores = new Map<string, Map<string, Attempts>>()
  return {
    add: (line) => {
      if (line.store === undefined || line.key === undefined) return
      const keys = stores.get(line.store) ?? new Map<string, Attempts>()
      stores.set(line.store, keys)
      const known = keys.get(line.key) ?? { tried: 0, failed: 0, acknowledged: false, t: line.t, trace: '' }
      keys.set(line.key, known)
      count(known, line)
    },
    list: () => mapValues(stores, (keys) => mapValues(keys, writeOf)),
  }
}

function mapValues<A, B>(map: ReadonlyMap<string, A>, of: (value: A) => B): ReadonlyMap<string, B> {
  return new Map([...map].map(([key, value]) => [key, of(value)]))
}

function count(seen: Attempts, { type, t, trace = '' }: HistoryLine): void {
  if (type === 'invoked') seen.tried += 1
  if (type === 'failed') seen.failed += 1
  // The first yes stands, with its time and trace, whatever is said of the key later.
  if (seen.acknowledged) return
  seen.acknowledged = type === 'acknowledged'
  seen.t = t
  seen.trace = trace
}

function writeOf({ tried, failed, acknowledged, t, trace }: Attempts): Write {
  if (acknowledged) return { outcome: 'acknowledged', t, trace }
  return { outcome: tried > 0 && failed >= tried ? 'failed' : 'unknown', t, trace }
}
