// Repeats a piece of background work: soon after it is woken, seldom when nothing happens, ever later while it fails.
import { context, ROOT_CONTEXT } from '@opentelemetry/api'
import { untraced } from './span.ts'

/** What is repeated. `work` says whether there is more to do at once; `idle` is housekeeping for quiet times. */
export interface Work {
  work(): Promise<boolean>
  idle?(): Promise<void>
  failed(error: Error): void
  /** Waits (ms) after the first, second ... round since waking; by default up to 5 s. */
  readonly pauses?: readonly number[]
}

/** Running rounds. */
export interface Rounds {
  start(): void
  /** There may be something to do. */
  wake(): void
  /** No further round; resolves when the present one has ended. */
  stop(): Promise<void>
}

/** What woke us may be committed a little later. */
const PAUSES = [50, 500, 5000]
/** Waits (ms) after failures in a row. */
const BACKOFF = [250, 500, 1000, 2000, 4000]
const IDLE_EVERY = 60_000

/** Makes rounds of `wanted`; nothing runs before start. */
export function createRounds(wanted: Work): Rounds {
  const state = { running: false, quiet: 0, failures: 0, idleAt: 0 }
  let timer: NodeJS.Timeout | undefined
  let round: Promise<void> | undefined
  const later = (ms: number): void => {
    clearTimeout(timer)
    timer = setTimeout(() => context.with(ROOT_CONTEXT, turn), ms)
  }
  // Outside of the request that woke us, whose trace is not ours.
  const turn = (): void => {
    round = once(wanted, state).then((pause) => {
      round = undefined
      if (state.running) later(pause)
    })
  }
  return {
    start: () => {
      state.running = true
      later(0)
    },
    wake: () => {
      const asleep = state.quiet > 1 && state.failures === 0 && round === undefined
      state.quiet = 0
      if (state.running && asleep) later(pauseAt(wanted, 0))
    },
    stop: async () => {
      state.running = false
      clearTimeout(timer)
      await round
    },
  }
}

interface State {
  quiet: number
  failures: number
  idleAt: number
}

/** One round; never rejects. The wait until the next one. */
async function once(wanted: Work, state: State): Promise<number> {
  const place = state.quiet
  state.quiet += 1
  try {
    const more = await wanted.work()
    state.failures = 0
    if (more) {
      state.quiet = 0
      return 0
    }
    await housekeeping(wanted, state)
    return pauseAt(wanted, state.quiet === 0 ? 0 : place)
  } catch (error) {
    wanted.failed(error instanceof Error ? error : new Error(String(error)))
    state.failures += 1
    return BACKOFF[Math.min(state.failures, BACKOFF.length) - 1] ?? 0
  }
}

function pauseAt({ pauses = PAUSES }: Work, place: number): number {
  return pauses[Math.min(place, pauses.length - 1)] ?? 0
}

async function housekeeping({ idle }: Work, state: State): Promise<void> {
  if (idle === undefined || Date.now() < state.idleAt) return
  state.idleAt = Date.now() + IDLE_EVERY
  await untraced(idle)
}
