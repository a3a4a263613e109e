// What a run is told to look at besides its drills, and what it has to ask its command.
import type { GatePlan } from '../../drill/gate-plan.ts'
import type { FactValue } from '../../model/gate-evidence.ts'

export interface GateOrder {
  /** One for each phase that is judged from the run. */
  readonly plans: readonly GatePlan[]
  /** Of the series that queries read: how long Prometheus waits between two scrapes in production. */
  readonly scrapeMs: number
  /** What recorded runs show of every alert rule, the drills of this one included. */
  readonly coverage: () => Promise<FactValue<'alert-coverage'>>
  /** Asked after every look and every batch of drills: whether enough is known, so that nothing more is begun. */
  readonly enough: () => Promise<boolean>
}
