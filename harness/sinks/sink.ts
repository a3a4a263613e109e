// What every sink is given, and what it gives back.
import type { EvidenceOf } from '../model/evidence.ts'
import type { Address } from '../model/stack.ts'
import type { Manners } from './misbehave.ts'

export interface SinkOptions extends Manners {
  /** Port 0 takes a free one. */
  readonly listen: Address
  /**
   * `at` is when the last byte arrived. The answer waits for it: 200 only once the delivery is recorded, 500 when it
   * throws.
   */
  readonly onDelivery: (delivery: EvidenceOf<'delivery'>, at: number) => void | Promise<void>
  /** Called with one sentence on every request that was not recorded, unless it failed on order. */
  readonly onRefused: (why: string, at: number) => void
}

/** It has no signal: what arrives while a run is undone is recorded too, until the sink itself is disposed. */
export interface StartedSink extends AsyncDisposable {
  readonly address: Address
}
