// Every criterion kind with its check. A kind without one does not compile.
import type { AnyCriterion, CriterionOf } from '../model/criterion.ts'
import type { DrillRecord } from '../model/record.ts'
import { alertFires } from './alert-fires.ts'
import { alertInhibited } from './alert-inhibited.ts'
import { edgesMatch } from './edges-match.ts'
import { faultsProved } from './faults-proved.ts'
import { heartbeatArrives } from './heartbeat-arrives.ts'
import { heartbeatStops } from './heartbeat-stops.ts'
import { invariantsHold } from './invariants-hold.ts'
import { loadDelivered } from './load-delivered.ts'
import { nothingDies } from './nothing-dies.ts'
import { nothingLost } from './nothing-lost.ts'
import { othersSilent } from './others-silent.ts'
import type { Check, Outcome } from './outcome.ts'
import { recovers } from './recovers.ts'
import { targetsUp } from './targets-up.ts'
import { traceShows } from './trace-shows.ts'
import { usersServed } from './users-served.ts'
import { valueHolds } from './value-holds.ts'

type Kind = AnyCriterion['kind']
export type Checks = { readonly [K in Kind]: Check<K> }

export const checks: Checks = {
  'faults-proved': faultsProved,
  'load-delivered': loadDelivered,
  'targets-up': targetsUp,
  'nothing-dies': nothingDies,
  'alert-fires': alertFires,
  'alert-inhibited': alertInhibited,
  'trace-shows': traceShows,
  'value-holds': valueHolds,
  'nothing-lost': nothingLost,
  'invariants-hold': invariantsHold,
  'edges-match': edgesMatch,
  'users-served': usersServed,
  recovers,
  'heartbeat-arrives': heartbeatArrives,
  'heartbeat-stops': heartbeatStops,
  'others-silent': othersSilent,
}

/** The criterion in plain words. */
export function describeCriterion<K extends Kind>(criterion: CriterionOf<K>, table: Checks = checks): string {
  return checkOf(criterion, table).describe(criterion)
}

/** What the check of its kind makes of it. */
export function judgeCriterion<K extends Kind>(
  criterion: CriterionOf<K>,
  record: DrillRecord,
  table: Checks = checks,
): Outcome {
  return checkOf(criterion, table).judge(criterion, record)
}

function checkOf<K extends Kind>(criterion: CriterionOf<K>, table: Checks): Check<K> {
  // The map is total over kinds; the compiler only loses sight of it through the union.
  return table[criterion.kind as K] as unknown as Check<K>
}
