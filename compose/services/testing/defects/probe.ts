// One look at one service that tells a defect from its absence: what must hold, and what was seen.
import type { Defect } from '../../kit/defects.ts'
import type { Answer, Call } from '../client.ts'
import type { ServiceName, ServiceProcess } from '../service-process.ts'
import type { Ground } from './ground.ts'

/**
 * What asks such a question of a running system: a scenario's check of an answer, a readiness or target probe, a trace
 * check, a store or an invariant read in the database, a value in Prometheus.
 */
export type CriterionKind = 'answer' | 'readiness' | 'target' | 'trace' | 'store' | 'invariant' | 'value'

/** What one look saw; `saw` says it without ids and times, so that it is the same every day. */
export interface Sight {
  readonly holds: boolean
  readonly saw: string
}

/** A criterion that finds one defect of one service. */
export interface Criterion {
  readonly defect: Defect
  readonly service: ServiceName
  readonly kind: CriterionKind
  /** One sentence that must hold. */
  readonly says: string
}

/** The same with the look that judges it on a bench of kind `B`. */
export interface Probe<B = Bench> extends Criterion {
  look(bench: B): Promise<Sight>
  /** Environment of the service looked at, in both looks. */
  readonly env?: Readonly<Record<string, string>>
  /** The defective service gets a database that nobody has used yet. */
  readonly freshDatabase?: true
  /** It is looked at after Postgres and Redis have died. */
  readonly bereft?: true
}

/** One service under the magnifier, sound or defective, among sound ones. */
export interface Bench {
  readonly service: ServiceProcess
  readonly ground: Ground
  /** Calls it as nobody, as a user without rights, and as another service. */
  readonly nobody: Call
  readonly user: Call
  readonly peer: Call
}

/** Judges an answer by its status alone. */
export function answered(wanted: number, { status, code }: Answer): Sight {
  return { holds: status === wanted, saw: `answered ${status} ${code ?? ''}`.trim() }
}
