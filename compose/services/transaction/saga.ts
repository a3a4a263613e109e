// A saga as the coordinator works on it: always as it was last read from or written to the database.
import type { JsonObject } from '../kit/fields.ts'
import type { End, Status } from './status.ts'

/** The workflows a saga can follow. */
export type WorkflowName = 'generic' | 'sample-submission' | 'enhanced'

/** A row of transaction.sagas. */
export interface Saga {
  readonly id: string
  readonly name: string
  readonly transaction_type: string
  readonly workflow: WorkflowName
  readonly status: Status
  /** How it will end once everything is undone. */
  readonly outcome: End | null
  readonly user_id: string
  readonly correlation_id: string | null
  /** What the steps work with, as the client gave it. */
  readonly input: JsonObject
  /** What the steps have found out. */
  readonly context: JsonObject
  readonly current_step: string | null
  readonly completed_steps: number
  readonly total_steps: number
  readonly failed_step: string | null
  readonly error_message: string | null
  readonly cancel_requested: boolean
  readonly compensation_executed: boolean
  /** Which process may write to it: the one that started last under this name. */
  readonly epoch: string
  /** The trace context it was submitted in. */
  readonly trace: Readonly<Record<string, string>>
  readonly created_at: Date
  readonly deadline_at: Date
  readonly updated_at: Date
  readonly settled_at: Date | null
}

/** Where the undoing of one step stands. */
export interface Compensation {
  readonly position: number
  readonly step: string
  readonly name: string
  /** `skipped`: it turned out that there was nothing to undo; `failed`: it was refused for good. */
  readonly status: 'pending' | 'executing' | 'completed' | 'skipped' | 'failed'
  /** False when nobody knows whether the step was done. */
  readonly certain: boolean
  readonly attempts: number
  readonly error: string | null
}
