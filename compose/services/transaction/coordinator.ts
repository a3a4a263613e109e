// Accepts sagas, only so many at once, and takes up again what a dead process or a lost database left unfinished.
import { createRounds, type Rounds } from '../kit/rounds.ts'
import { untraced } from '../kit/span.ts'
import type { Engine } from './engine.ts'
import { refuse } from './refusals.ts'
import { createRunning, type Running } from './running.ts'
import type { Saga } from './saga.ts'
import { Stopped } from './stoppable.ts'
import { Displaced, type SagaWish } from './store.ts'

/** What the coordinator is made of. */
export interface CoordinatorParts {
  readonly maxSagas: number
  /** Makes this process the one that runs the sagas. */
  takeOver(): Promise<Engine>
  /** Sagas of ours that nobody works on; those at hand are `known`. */
  lost(known: readonly string[]): Promise<readonly Saga[]>
  forgetOld(): Promise<void>
  ended(saga: Saga): Promise<void>
  warn(message: string): void
}

/** The coordinator of one process. */
export interface Coordinator {
  /**
   * Writes a saga down and starts it; rejects when there are too many. The inner promise resolves with the saga when it
   * has ended, or with undefined when this process could not bring it to its end yet.
   */
  submit(wish: SagaWish): Promise<{ readonly done: Promise<Saga | undefined> }>
  /** Takes over the sagas of the process before; call when the tables are there. */
  start(): Promise<void>
  stop(): Promise<void>
  active(): number
  /** Resolves when a saga, or every saga, is not worked on any more. */
  quiet(id?: string): Promise<void>
  /** Rejects when another process has taken over. */
  check(): Promise<void>
}

interface State {
  engine?: Engine
  displaced?: Displaced
}

/** Creates a coordinator; nothing runs before start. */
export function createCoordinator(parts: CoordinatorParts): Coordinator {
  const state: State = {}
  const running = createRunning({
    ended: parts.ended,
    interrupted: (saga, error) => {
      if (error instanceof Displaced) state.displaced = error
      if (!(error instanceof Stopped)) parts.warn(`saga ${saga.id} is interrupted: ${String(error)}`)
      rounds.wake()
    },
  })
  const rounds = createResuming(parts, running, state)
  return {
    active: () => running.ids().length,
    quiet: running.quiet,
    check: async () => {
      if (state.displaced !== undefined) throw state.displaced
    },
    submit: async (wish) => {
      const engine = engineWithRoom(parts, running, state)
      running.reserve(wish.id)
      try {
        return { done: running.launch(engine, await engine.store.create(wish), false) }
      } catch (error) {
        running.leave(wish.id)
        // It may have been written down all the same.
        rounds.wake()
        if (!(error instanceof Displaced)) throw error
        state.displaced = error
        throw tooMany(error.message)
      }
    },
    start: async () => {
      state.engine = await parts.takeOver()
      rounds.start()
    },
    stop: rounds.stop,
  }
}

function engineWithRoom({ maxSagas }: CoordinatorParts, running: Running, { engine, displaced }: State): Engine {
  if (engine === undefined) throw tooMany('The transactions of the process before are still being taken over')
  if (displaced !== undefined) throw tooMany(displaced.message)
  if (running.ids().length < maxSagas) return engine
  throw tooMany(`${maxSagas} transactions are running, and no more are allowed`)
}

function tooMany(why: string): Error {
  return refuse('too_many_transactions', why)
}

/** Looks for sagas that are ours and that nobody works on: at the start all that were left, later those interrupted. */
function createResuming(parts: CoordinatorParts, running: Running, state: State): Rounds {
  return createRounds({
    work: async () => {
      const { engine } = state
      if (engine === undefined) return false
      const lost = await untraced(() => parts.lost(running.ids()))
      for (const saga of lost) if (!running.has(saga.id)) void running.launch(engine, saga, true)
      return false
    },
    idle: parts.forgetOld,
    failed: (error) => parts.warn(`unfinished transactions wait: ${error.message}`),
  })
}
