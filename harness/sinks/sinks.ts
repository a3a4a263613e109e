// All sinks of a run: whatever way a notification takes, it ends here.
import type { Misbehaviour } from '../model/fault.ts'
import type { Address } from '../model/stack.ts'
import { startHttpSink } from './http-sink.ts'
import { startMailSink } from './mail-sink.ts'
import type { SinkOptions, StartedSink } from './sink.ts'

export interface SinksOptions extends Omit<SinkOptions, 'misbehave'> {
  /** Where mail is taken; none when left out. */
  readonly mail?: Address | undefined
}

export interface Sinks extends StartedSink {
  /** From now on this receiver is broken, by whatever it is told. */
  misbehave(receiver: string, how: Misbehaviour): void
  /** Whether it was broken or not. */
  mend(receiver: string): void
}

/** ADDRESS_TAKEN when one of them cannot listen; then none does. */
export async function startSinks({ mail, ...options }: SinksOptions): Promise<Sinks> {
  const misbehave = new Map<string, Misbehaviour>()
  await using started = new AsyncDisposableStack()
  const http = started.use(await startHttpSink({ ...options, misbehave }))
  if (mail !== undefined) started.use(await startMailSink({ ...options, listen: mail, misbehave }))
  const all = started.move()
  return {
    address: http.address,
    misbehave: (receiver, how) => void misbehave.set(receiver, how),
    mend: (receiver) => void misbehave.delete(receiver),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  }
}
