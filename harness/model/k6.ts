// Running k6, as whoever wants load sees it: what it is told, what it leaves and how it ends, and not what it runs in.

/** k6 runs as a process of this machine, or in a container on the network of the stack. */
export const LOAD_WAYS = ['process', 'container'] as const
export type LoadWay = (typeof LOAD_WAYS)[number]

/** Which k6 there is, and so how it will run. */
export type K6 = { readonly way: 'process'; readonly binary: string } | { readonly way: 'container'; readonly image: string }

/** One run of k6. All paths are absolute and mean the same to k6 and to the harness. */
export interface K6Order {
  /** What follows the name of the program. */
  readonly args: readonly string[]
  /** The working directory: everything that the run reads and writes is in it. */
  readonly directory: string
  /** Where its two streams go. */
  readonly stdout: string
  readonly stderr: string
  readonly env: Readonly<Record<string, string | undefined>>
}

export interface Exit {
  /** Null when a signal ended it, or when nobody saw the end. */
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** A k6 that runs, or did. */
export interface RunningK6 {
  /** Its process id, or the id of its container. */
  readonly id: string
  /** Resolves once it is gone and all it said is on disk; never rejects. */
  readonly exited: Promise<Exit>
  /** Does nothing to one that is gone. */
  kill(signal: 'SIGINT' | 'SIGKILL'): Promise<void>
  /** Removes what the run leaves besides files; after its end, again and again if you like. */
  remove(): Promise<void>
}

/** Starts one k6. LOAD_NOT_STARTED when it can not be run. */
export type LaunchK6 = (order: K6Order) => Promise<RunningK6>
