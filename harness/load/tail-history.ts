// The load as it is right now, from the end of a history that is still being written.
import { open } from 'node:fs/promises'
import { parseLine } from './history-line.ts'
import type { HistoryLine } from './history-line.ts'

const NEWLINE = 10

export interface Throughput {
  /** Operations begun per second, over the window or the time since the first one when that is shorter. */
  readonly perSecond: number
  /** Share of good ones among those that ended in the window; undefined when none ended. */
  readonly goodRatio: number | undefined
  /** Begun so far. */
  readonly invoked: number
  /** Begun and not yet ended. */
  readonly pending: number
}

export interface HistoryTail {
  /** Reads only what was written since the last call; `now` is milliseconds since the epoch. */
  read(now: number): Promise<Throughput>
}

/** Follows a history file; a file that is not there yet is a load that has not begun. */
export function tailHistory(file: string, windowMs = 5_000): HistoryTail {
  const source = openSource(file)
  let recent: HistoryLine[] = []
  let invoked = 0
  let ended = 0
  let first = Infinity
  return {
    read: async (now) => {
      const lines = (await source.more()).flatMap((text) => parseLine(text) ?? []).filter(({ of }) => of === undefined)
      for (const { type, t } of lines) {
        if (type === 'invoked') invoked += 1
        else ended += 1
        first = Math.min(first, t)
      }
      recent = [...recent, ...lines].filter(({ t }) => t > now - windowMs)
      const span = Math.max(1_000, Math.min(windowMs, now - first))
      const settled = recent.filter(({ type }) => type !== 'invoked')
      return {
        perSecond: ((recent.length - settled.length) * 1_000) / span,
        goodRatio: settled.length === 0 ? undefined : settled.filter(({ good }) => good).length / settled.length,
        invoked,
        pending: invoked - ended,
      }
    },
  }
}

/** Whole lines appended since the last look. */
function openSource(file: string): { more(): Promise<readonly string[]> } {
  let offset = 0
  return {
    more: async () => {
      const fresh = await readFrom(file, offset)
      const end = fresh.lastIndexOf(NEWLINE) + 1
      offset += end
      return fresh.toString('utf8', 0, end).split('\n').filter(Boolean)
    },
  }
}

async function readFrom(file: string, offset: number): Promise<Buffer> {
  try {
    await using handle = await open(file)
    const { size } = await handle.stat()
    const buffer = Buffer.alloc(Math.max(0, size - offset))
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, offset)
    return buffer.subarray(0, bytesRead)
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return Buffer.alloc(0)
    throw thrown
  }
}
