// Every probe of one service among sound ones; those of sagas need gates before their neighbours and stand apart.
import { accountProbes } from './account-probes.ts'
import { documentProbes } from './document-probes.ts'
import { eventProbes } from './event-probes.ts'
import { everyService } from './every-service.ts'
import { laboratoryProbes } from './laboratory-probes.ts'
import type { Criterion, Probe } from './probe.ts'
import { sagaProbes } from './saga-probes.ts'

/** Those that a bench is enough for. */
export const benchProbes: readonly Probe[] = [
  ...everyService,
  ...accountProbes,
  ...laboratoryProbes,
  ...documentProbes,
  ...eventProbes,
]

/** Every criterion that finds a defect. */
export const allCriteria: readonly Criterion[] = [...benchProbes, ...sagaProbes]
