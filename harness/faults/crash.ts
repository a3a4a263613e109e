// A service dies without a goodbye, and stays dead until the fault ends.
import type { FaultOf } from '../model/fault.ts'
import type { FaultKind } from './fault-kind.ts'
import { lookAtService } from './target-look.ts'
import { slackMs } from './toxic-kind.ts'

export const crash: FaultKind<FaultOf<'crash'>> = {
  describe: (fault) => `${fault.service} is killed and not started again`,
  undo: (ref) => ({ action: 'restart', service: ref.target }),
  apply: (ref, world) => world.rig.kill(ref.target),
  look: (ref, glance) => lookAtService(ref.target, glance),
  judge: () => ({
    patienceMs: slackMs,
    blind: () => undefined,
    bites: (_, seen) => seen.state === 'stopped' && seen.outcome !== 'answered' && seen.bytes === 0,
    gone: (_, seen) => seen.state === 'running' && seen.outcome === 'answered',
    looks: 1,
    enough: 1,
    atOnce: 1,
  }),
}
