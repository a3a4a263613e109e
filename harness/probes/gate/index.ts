// Every look that changes nothing, by the kind of check it is for. A kind that is missing here is told as not built.
import type { FactKind } from '../../model/gate-evidence.ts'
import { probeDashboards } from './dashboards.ts'
import type { GateProbe } from './gate-probe.ts'

/** The others hurt, or are known already. */
export type ProbedKind = Exclude<FactKind, 'load' | 'alert-coverage' | 'start-time' | 'recovery' | 'shutdown' | 'limits' | 'backup'>

export const gateProbes: { readonly [K in ProbedKind]?: GateProbe<K> } = {
  dashboards: probeDashboards,
}
