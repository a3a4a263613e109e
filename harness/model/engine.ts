// What a container engine can do to a service that no process can do to another, and what the kernel says of it meanwhile.

/** How the end of a service is told that the kernel killed at its limit of memory. */
export const KILLED_FOR_MEMORY = 'the kernel killed it for want of memory'

/** How much memory a service may hold. */
export interface MemoryLimit {
  readonly bytes: number
  /** Memory and swap together: as much swap as it likes when undefined. */
  readonly withSwapBytes?: number | undefined
}

/** What a service may use. Undefined: as much as it likes. */
export interface Limits {
  readonly cpus?: number | undefined
  readonly memory?: MemoryLimit | undefined
}

/** What the kernel counted for a service since it started, and what it holds now. All zero while it does not run or is gone. */
export interface Usage {
  /** When the kernel was asked, by the clock of the engine: milliseconds since the epoch. */
  readonly at: number
  /** CPU time it has had, in milliseconds. */
  readonly cpuMs: number
  /** Scheduling periods in which it ran under a CPU limit, and those in which it was held back by it. */
  readonly periods: number
  readonly throttledPeriods: number
  /** Without what the kernel could give back at once (file cache). */
  readonly memoryBytes: number
  /** As the kernel enforces it; undefined without a limit. */
  readonly memoryLimitBytes: number | undefined
  /** Whether it does not run because the kernel killed it for want of memory. */
  readonly oomKilled: boolean
  /** Whether the limit is only said to the service, and enforced by nobody. */
  readonly isOnlyTold?: boolean
}

/** Room on the file system that holds a path of a service, in bytes. */
export interface Room {
  readonly sizeBytes: number
  readonly freeBytes: number
}

/** How much memory a service may hold, or is told that it may. */
export type MemoryControl = Pick<Engine, 'limits' | 'limitMemory' | 'usage'>

/**
 * What only an engine can do to a service. Each undoing is idempotent, and does nothing to a service that is gone. What cannot be
 * done is FAULT_NOT_APPLIED or FAULT_NOT_REVERTED, with the words of the engine.
 */
export interface Engine {
  /** Takes the service off every network; it goes on running. */
  disconnect(service: string): Promise<void>
  /** Puts it back under its names; its published ports are read again. */
  reconnect(service: string): Promise<void>
  limits(service: string): Promise<Limits>
  /** Each of the two leaves the other limit as it is; undefined takes the limit away. */
  limitCpus(service: string, cpus: number | undefined): Promise<void>
  limitMemory(service: string, memory: MemoryLimit | undefined): Promise<void>
  usage(service: string): Promise<Usage>
  /** Of a directory that is a tmpfs of limited size of the service's own, and no other. */
  room(service: string, path: string): Promise<Room>
  /** Writes a file of the harness's own there until nothing is left. */
  fill(service: string, path: string): Promise<void>
  /** Removes that file. */
  empty(service: string, path: string): Promise<void>
}
