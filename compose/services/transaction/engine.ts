// What sagas are run with.
import type { Peers } from './peers.ts'
import type { SagaMeter } from './saga-meter.ts'
import type { Store } from './store.ts'
import type { Workflows } from './workflows.ts'

/** Everything a running saga needs; `pause` rejects when the process ends. */
export interface Engine {
  readonly store: Store
  readonly workflows: Workflows
  readonly peers: Peers
  readonly meter: SagaMeter
  now(): number
  pause(ms: number): Promise<void>
  /** The longest wait (ms) between two attempts to undo a step. */
  readonly maxPause: number
  /** How many attempts to undo a step there are; as many as it needs, but for a shipped defect. */
  readonly undoAttempts: number
  /** True for the shipped defect that undoes steps which never ran. */
  readonly undoesAll: boolean
}
