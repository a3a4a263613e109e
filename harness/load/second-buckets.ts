// Operations by the second in which they began: the load as its users saw it.
import type { LoadBucket } from '../model/evidence.ts'

/** A longer silence than this is left out instead of being filled with empty seconds: the clock jumped. */
const LONGEST_GAP_S = 3_600

interface Second {
  invoked: number
  good: number
  bad: number
  readonly ms: number[]
}

export interface SecondBuckets {
  invoked(t: number): void
  /** An operation that began at `t` came to an end. */
  settled(t: number, good: boolean, ms: number): void
  /** One bucket for every second from first to last, empty ones too; what was invoked and never settled is unknown. */
  list(): readonly LoadBucket[]
}

export function openSecondBuckets(): SecondBuckets {
  const seconds = new Map<number, Second>()
  const at = (t: number): Second => {
    const second = Math.floor(t / 1_000)
    const known = seconds.get(second)
    if (known) return known
    const fresh = { invoked: 0, good: 0, bad: 0, ms: [] }
    seconds.set(second, fresh)
    return fresh
  }
  return {
    invoked: (t) => {
      at(t).invoked += 1
    },
    settled: (t, good, ms) => {
      const second = at(t)
      second[good ? 'good' : 'bad'] += 1
      second.ms.push(ms)
    },
    list: () => {
      const known = [...seconds.keys()].sort((a, b) => a - b)
      return known.flatMap((second, index) => {
        const gap = index === 0 ? 1 : second - (known[index - 1] ?? second)
        const from = gap > LONGEST_GAP_S ? second : second - gap + 1
        return Array.from({ length: second - from + 1 }, (_, step) => bucketOf(from + step, seconds.get(from + step)))
      })
    },
  }
}

function bucketOf(second: number, seen: Second | undefined): LoadBucket {
  const t = second * 1_000
  if (seen === undefined) return { t, invoked: 0, good: 0, bad: 0, unknown: 0, p50: 0, p95: 0 }
  const { invoked, good, bad } = seen
  const sorted = Float64Array.from(seen.ms).sort()
  const unknown = invoked - good - bad
  return { t, invoked, good, bad, unknown, p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95) }
}

/** Nearest rank; 0 when nothing was answered. */
function quantile(sorted: Float64Array, q: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * q) - 1)] ?? 0
}
