// A service stops thinking but keeps its connections: the kernel still accepts for it, and nobody answers.
import type { FaultOf } from '../model/fault.ts'
import type { FaultKind } from './fault-kind.ts'
import { lookAtService } from './service-look.ts'
import { silenceMs } from './toxic-kind.ts'

export const freeze: FaultKind<FaultOf<'freeze'>> = {
  describe: (fault) => `${fault.service} is frozen: it keeps its connections and answers none`,
  undo: (ref) => ({ action: 'thaw', service: ref.target }),
  apply: (ref, world) => world.rig.freeze(ref.target),
  look: (ref, patienceMs, world, signal) => lookAtService(ref.target, patienceMs, world, signal),
  judge: () => ({
    patienceMs: silenceMs,
    blind: () => undefined,
    bites: (_, seen) => seen.state === 'frozen' && seen.outcome === 'silent',
    gone: (_, seen) => seen.state === 'running' && seen.outcome === 'answered',
    looks: 1,
    enough: 1,
  }),
}
