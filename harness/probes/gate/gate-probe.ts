// How a gate looks at a running system: on behalf of one check, with no opinion of what it sees.
import type { CheckOf, Condition } from '../../model/gate-check.ts'
import type { FactKind, FactValue } from '../../model/gate-evidence.ts'
import type { Observed, ProbeContext } from '../probe.ts'

/** What is going on while a gate looks. */
export interface GateScene extends ProbeContext {
  readonly condition: Condition
  /** Names of users and rows that a look makes begin with it, so that no two runs meet. */
  readonly run: string
  readonly acceleration: number
  /** Signs the tokens of the system; without it no token can be made. */
  readonly jwtSecret: string | undefined
  /** Since when the everyday load runs; undefined while it does not. */
  readonly loadFrom?: number
}

/** Looks once. What could not be seen is `missing`; only an abort is thrown. */
export type GateProbe<K extends FactKind> = (check: CheckOf<K>, scene: GateScene) => Promise<Observed<FactValue<K>>>
