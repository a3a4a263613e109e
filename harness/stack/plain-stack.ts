// The same services started as a script would: what starting a stack through the harness is compared with.

/** Nothing is watched, recorded or ordered: everything at once, and then waiting until all of it is ready. */
export interface PlainStack {
  /** Resolves when every service is ready, by the same looks as in a stack of the harness. */
  start(signal: AbortSignal): Promise<void>
  stop(): Promise<void>
}
