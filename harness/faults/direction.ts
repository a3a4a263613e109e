// Which bytes of a look a toxic touches: what we said when it sits upstream, what we heard when downstream.
import type { Look } from '../probes/edge.ts'

interface Directed {
  readonly direction?: 'upstream' | 'downstream' | undefined
}

export function isUpstream(fault: Directed): boolean {
  return fault.direction === 'upstream'
}

/** Bytes of the look that pass through the toxic. */
export function saidOrHeard(fault: Directed, look: Look): number {
  return isUpstream(fault) ? look.sent : look.bytes
}
