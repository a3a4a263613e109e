// A service stops thinking but keeps its connections: the kernel still accepts for it, and nobody answers.
import type { FaultOf } from '../model/fault.ts'
import type { FaultKind } from './fault-kind.ts'
import { lookAtService } from './target-look.ts'
import { silenceMs } from './toxic-kind.ts'

export const freeze: FaultKind<FaultOf<'freeze'>> = {
  describe: (fault) => `${fault.service} is frozen: it keeps its connections and answers none`,
  undo: (ref) => ({ action: 'thaw', service: ref.target }),
  apply: (ref, world) => world.rig.freeze(ref.target),
  look: (ref, glance) => lookAtService(ref.target, glance),
  judge: () => ({
    patienceMs: silenceMs,
    blind: () => undefined,
    bites: (_, seen) => seen.state === 'frozen' && seen.outcome === 'silent',
    gone: (_, seen) => seen.state === 'running' && seen.outcome === 'answered',
    looks: 1,
    enough: 1,
    atOnce: 1,
  }),
}
