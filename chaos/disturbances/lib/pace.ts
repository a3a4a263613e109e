// So many requests per second, never more than so many at once, and how they were answered in the last second.
export interface PaceOptions {
  readonly perSecond: number
  /** What is not answered yet; a turn that finds no room is given up, not made up for. */
  readonly mostAtOnce: number
  /** One request, and the status it was answered with; `n` counts from 1. */
  readonly send: (n: number) => Promise<number>
}

export interface Pace {
  /** Answers of the last second by status; 0 is no answer. */
  last(): ReadonlyMap<number, number>
  /** Sends nothing more, and waits for what is on its way. */
  stop(): Promise<void>
}

const TICK_MS = 20
const WINDOW_MS = 1_000

export function keepPace({ perSecond, mostAtOnce, send }: PaceOptions): Pace {
  const flying = new Set<Promise<void>>()
  const answers: { readonly at: number; readonly status: number }[] = []
  const began = performance.now()
  let turns = 0
  const one = async (n: number) => {
    const status = await send(n).catch(() => 0)
    answers.push({ at: performance.now(), status })
  }
  const timer = setInterval(() => {
    for (const due = ((performance.now() - began) * perSecond) / 1_000; turns < due; turns += 1) {
      if (flying.size >= mostAtOnce) continue
      const flight: Promise<void> = one(turns + 1).finally(() => flying.delete(flight))
      flying.add(flight)
    }
  }, TICK_MS)
  return {
    last: () => {
      const from = performance.now() - WINDOW_MS
      while ((answers[0]?.at ?? Infinity) < from) answers.shift()
      return counted(answers.map(({ status }) => status))
    },
    stop: async () => {
      clearInterval(timer)
      await Promise.all(flying)
    },
  }
}

export function counted(statuses: readonly number[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1)
  return counts
}
