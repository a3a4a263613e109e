// How a service ended that was told to.

export interface Stopped {
  /** False when it had to be killed. */
  readonly ended: boolean
  /** 128 and the number of the signal where a signal ended it; undefined when it had to be killed, or nobody was told. */
  readonly exitCode?: number
  /** Until it was gone. Real milliseconds. */
  readonly ms: number
}
