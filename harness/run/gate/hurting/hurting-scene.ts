// What a look is given that takes something away from the system: all that a fault has, so that it can be taken back whatever happens.
import type { CheckOf } from '../../../model/gate-check.ts'
import type { FactKind, FactValue } from '../../../model/gate-evidence.ts'
import type { GateScene } from '../../../probes/gate/gate-probe.ts'
import type { Observed } from '../../../probes/probe.ts'
import type { Append, Session } from '../../session.ts'
import type { Unwind } from '../../unwind.ts'

export interface HurtingScene extends GateScene {
  readonly session: Session
  readonly append: Append
  /** Of this look alone: what is left registered when it ends is released right then, and also when it is cut off. */
  readonly unwind: Unwind
}

/** Hurts, looks, and heals. What could not be seen is `missing`; only an abort is thrown. */
export type HurtingLook<K extends FactKind> = (check: CheckOf<K>, scene: HurtingScene) => Promise<Observed<FactValue<K>>>
