// A service is taken off every network: it goes on running, hears nothing and reaches nobody.
import type { FaultOf } from '../model/fault.ts'
import { engineOf } from './engine-of.ts'
import type { FaultKind } from './fault-kind.ts'
import { lookAtService } from './target-look.ts'
import { slackMs } from './toxic-kind.ts'

export const disconnect: FaultKind<FaultOf<'disconnect'>> = {
  describe: (fault) => `${fault.service} is taken off every network and goes on running`,
  undo: (ref) => ({ action: 'reconnect', service: ref.target }),
  apply: (ref, { rig }) => engineOf(rig, 'disconnect').disconnect(ref.target),
  look: (ref, glance) => lookAtService(ref.target, glance),
  judge: () => ({
    patienceMs: slackMs,
    blind: () => undefined,
    bites: (_, seen) => seen.state === 'disconnected' && seen.outcome !== 'answered' && seen.bytes === 0,
    gone: (_, seen) => seen.state === 'running' && seen.outcome === 'answered',
    looks: 1,
    enough: 1,
    atOnce: 1,
  }),
}
