// The edge is cut: the proxy stops listening and drops every connection it has.
import type { FaultOf } from '../model/fault.ts'
import type { FaultKind } from './fault-kind.ts'
import { lookAtEdge } from './target-look.ts'
import { slackMs } from './toxic-kind.ts'

export const outage: FaultKind<FaultOf<'outage'>> = {
  describe: (fault) => `${fault.edge} is cut: connections are dropped and new ones refused`,
  undo: (ref) => ({ action: 'enable-proxy', edge: ref.target }),
  apply: (ref, world, signal) => world.control.setEnabled(ref.target, false, signal),
  look: (ref, glance) => lookAtEdge(ref.target, 'short', glance),
  judge: () => ({
    patienceMs: slackMs,
    blind: () => undefined,
    // Through a published container port a refusal looks like a connection that ends at once.
    bites: (_, seen) => ['refused', 'reset', 'closed'].includes(seen.outcome) && seen.bytes === 0,
    gone: (_, seen) => seen.outcome === 'answered',
    looks: 1,
    enough: 1,
    atOnce: 1,
  }),
}
