// A receiver that is broken on order: what a sink does before it takes anything.
import { HarnessError } from '../errors.ts'
import type { Misbehaviour } from '../model/fault.ts'
import type { Clock } from '../time/clock.ts'

/** How late a slow receiver answers: less than the 2 s that a derived deadline gives to sending, and far more than usual. */
export const SLOW_MS = 1_000

export interface Manners {
  readonly clock: Clock
  /** By receiver; read anew with each notification, so it may change while the sink runs. */
  readonly misbehave?: ReadonlyMap<string, Misbehaviour> | undefined
}

/** Thrown instead of taking anything. */
export class BrokenOnOrder extends HarnessError {
  /** Nobody is answered, not even with an error. */
  readonly silent: boolean

  constructor(receiver: string, silent: boolean) {
    super('PROBE_UNREACHABLE', `${receiver} is broken on order`)
    this.silent = silent
  }
}

/**
 * Resolves when the receiver is to answer as usual, and rejects with BrokenOnOrder when it is to fail. One that hangs
 * does neither before the signal is aborted, even when it is mended meanwhile: that request is lost.
 */
export async function misbehaving(receiver: string, { misbehave, clock }: Manners, signal: AbortSignal): Promise<void> {
  const how = misbehave?.get(receiver)
  if (how === undefined) return
  if (how === '500') throw new BrokenOnOrder(receiver, false)
  const forLong = how === 'slow' ? SLOW_MS : 2 ** 31 - 1
  await clock.sleep(forLong, signal).catch(() => {
    throw new BrokenOnOrder(receiver, true)
  })
}
