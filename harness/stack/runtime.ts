// What every runtime must be able to do. Whoever uses a stack knows these types, and not which runtime stands behind them.
import type { HarnessError } from '../errors.ts'
import type { Rig, RuntimeName, Stack } from '../model/stack.ts'
import type { Clock } from '../time/clock.ts'
import type { Environment } from './compose-variables.ts'
import type { StackState } from './state.ts'

/** What it takes to find what runs, and to end it: the environment says where the engine is. */
export interface Outside {
  readonly env: Environment
  readonly clock: Clock
}

/** The outside world, as far as a stack of a run needs it. */
export interface Surroundings extends Outside {
  readonly stack: Stack
  /** Compose files as the user named them, so that another process can read the same stack. */
  readonly files: readonly string[]
  readonly root: string
  /** reports/runs/<id> */
  readonly directory: string
  /** Absolute path by binary name. */
  readonly tools: ReadonlyMap<string, string>
  /** Image reference by service; empty where services are processes. */
  readonly images: ReadonlyMap<string, string>
}

export interface OpenOptions extends Surroundings {
  readonly run: string
  readonly acceleration: number
  /** Whether the stack is to outlive this process. */
  readonly keepUp: boolean
  /** Called when a service ends that nobody asked to end; `how` such as `exit code 1`. */
  readonly onDeath: (service: string, how: string, lastLines: readonly string[]) => void
  /** Called when what the stack runs on has gone, so that nobody can tell any more what becomes of the services. */
  readonly onLost: (error: HarnessError) => void
}

/** A stack with its addresses and directories reserved. Nothing runs yet, but `stop` is already complete. */
export interface OpenStack {
  readonly rig: Rig
  /** Starts every service; call once, after `stop` has been registered as its release. */
  start(signal: AbortSignal, onStarted: (service: string, host: string, ms: number) => void): Promise<void>
  /** Leaves the stack running when this process ends. */
  keepUp(): Promise<void>
  stop(): Promise<void>
}

/** A run that nobody drives, and its stack if it had one. */
export interface DeadRun {
  readonly run: string
  readonly state: StackState | undefined
}

export interface Runtime<S extends StackState = StackState> {
  readonly name: RuntimeName
  open(options: OpenOptions): Promise<OpenStack>
  /** A stack that another process started. */
  attach(state: S, options: Surroundings): Promise<Rig>
  /** Whether at least one service of the stack lives. */
  lives(state: S, outside: Outside): Promise<boolean>
  /** Those of the runs of which anything is left: a process, a container, a network, a volume, data. Empty where nobody can tell. */
  leftOf(runs: readonly DeadRun[], outside: Outside): Promise<ReadonlySet<string>>
  /** Ends all that is left of a run and removes its data; the same for a live stack and a dead run's. Returns how many things there were. */
  sweep(dead: DeadRun, outside: Outside): Promise<number>
}
