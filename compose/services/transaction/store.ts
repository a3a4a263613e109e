// Writes down what a saga is about to do before it does it; every change answers with the saga as it is stored now.
import type { Database } from '../kit/database.ts'
import type { JsonObject } from '../kit/fields.ts'
import type { Outbox } from '../kit/outbox.ts'
import { carrier } from '../kit/span.ts'
import type { Compensation, Saga, WorkflowName } from './saga.ts'
import * as sql from './statements.ts'
import type { End } from './status.ts'
import type { PlannedUndo } from './undo-plan.ts'

/** A saga to be begun. */
export interface SagaWish {
  readonly id: string
  readonly name: string
  readonly transaction_type: string
  readonly workflow: WorkflowName
  readonly user_id: string
  readonly correlation_id: string | null
  readonly metadata: JsonObject
  readonly context_data: JsonObject
  readonly input: JsonObject
  readonly steps: readonly string[]
  readonly deadline: Date
}

/** Why a saga goes no further, and what has to be undone. `begun` is false when the step at hand was not tried. */
export interface Setback {
  readonly outcome: End
  readonly step: string | null
  readonly reason: string
  readonly begun: boolean
  readonly plan: readonly PlannedUndo[]
}

/** A step that is done. */
export interface Progress {
  readonly found: JsonObject
  readonly attempts: number
}

/** How the undoing of a step stands. */
export type UndoNote = Pick<Compensation, 'status' | 'attempts' | 'error'>

/** The sagas of one runner. Rejects with Displaced once another process has taken over. */
export interface Store {
  create(wish: SagaWish): Promise<Saga>
  advance(saga: Saga, progress: Progress): Promise<Saga>
  /** Completed, or the saga as it is when its cancellation came first. */
  complete(saga: Saga): Promise<Saga>
  fail(saga: Saga, setback: Setback): Promise<Saga>
  /** The saga as it is now. */
  read(saga: Saga): Promise<Saga>
  undos(saga: Saga): Promise<Compensation[]>
  noteUndo(saga: Saga, undo: Compensation, note: UndoNote): Promise<Saga>
  /** `remark` is added to the error message. */
  settle(saga: Saga, end: End, remark: string | null): Promise<Saga>
}

/** Another process runs under our name: this one must not touch the sagas any more. */
export class Displaced extends Error {
  constructor() {
    super('another process has taken over the sagas of this one')
    this.name = 'Displaced'
  }
}

/** Which process writes: see transaction.runners. */
export interface Runner {
  readonly name: string
  readonly epoch: string
}

const EVENTS: Readonly<Record<End, string>> = {
  Completed: 'transaction.completed',
  Cancelled: 'transaction.cancelled',
  Compensated: 'transaction.failed',
  Failed: 'transaction.failed',
  TimedOut: 'transaction.failed',
}

/** Opens the store for a runner. */
export function openStore(database: Database, outbox: Outbox, runner: Runner): Store {
  const { query } = database
  const announced = async (work: Promise<Saga[]>): Promise<Saga[]> => {
    const sagas = await work
    outbox.wake()
    return sagas
  }
  const read = async ({ id, epoch }: Saga): Promise<Saga> => stored(await query<Saga>(sql.READ, [id, epoch]))
  return {
    read,
    create: async (wish) => stored(await announced(query(sql.CREATE, [...valuesOf(wish, runner), outbox.note()]))),
    complete: async (saga) => {
      const values = [saga.id, saga.epoch, EVENTS.Completed, outbox.note()]
      const [completed] = await announced(query<Saga>(sql.COMPLETE, values))
      return completed ?? read(saga)
    },
    settle: async (saga, end, remark) => {
      const values = [saga.id, saga.epoch, EVENTS[end], outbox.note(), end, remark]
      return stored(await announced(query<Saga>(sql.SETTLE, values)))
    },
    undos: ({ id }) => query(sql.UNDOS, [id]),
    ...changesOf(database),
  }
}

function changesOf({ query }: Database): Pick<Store, 'advance' | 'fail' | 'noteUndo'> {
  return {
    advance: async (saga, { found, attempts }) => {
      const values = [saga.id, saga.epoch, saga.completed_steps, found, attempts]
      return stored(await query<Saga>(sql.ADVANCE, values))
    },
    fail: async (saga, { outcome, step, reason, begun, plan }) => {
      const columns = [plan.map((one) => one.step), plan.map(({ name }) => name), plan.map(({ certain }) => certain)]
      const values = [saga.id, saga.epoch, outcome, step, reason, begun ? 'failed' : 'skipped', ...columns]
      return stored(await query<Saga>(sql.FAIL, values))
    },
    noteUndo: async (saga, { position, name }, { status, attempts, error }) => {
      const values = [saga.id, saga.epoch, position, name, status, attempts, error]
      return stored(await query<Saga>(sql.NOTE_UNDO, values))
    },
  }
}

/** Every statement names the epoch: no row means that it is not ours any more. */
function stored([saga]: Saga[]): Saga {
  if (saga === undefined) throw new Displaced()
  return saga
}

function valuesOf(wish: SagaWish, runner: Runner): unknown[] {
  return [
    wish.id,
    wish.name,
    wish.transaction_type,
    wish.workflow,
    wish.user_id,
    wish.correlation_id,
    wish.metadata,
    wish.context_data,
    wish.input,
    wish.steps,
    runner.name,
    runner.epoch,
    carrier(),
    wish.deadline,
  ]
}
