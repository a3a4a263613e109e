// Each edge of the stack cut, slowed and reset in turn, under everyday load.
import { EACH_EDGE } from '../model/drill.ts'
import type { LoadedDrill } from '../model/drill.ts'
import type { Fault } from '../model/fault.ts'
import type { Edge, Stack } from '../model/stack.ts'
import { everydayDrills, HOLD } from './everyday-drill.ts'
import type { Observed } from './observed.ts'

/** Three drills for each edge. Undefined when the stack does not say what everyday load is. */
export function drillsOfEachEdge(stack: Stack, observed: Observed): readonly LoadedDrill[] | undefined {
  const faults = stack.edges.flatMap((edge) =>
    faultsOn(edge).map((fault) => {
      return { name: `${edge.from}-to-${edge.to}-${fault.kind.replace('_', '-')}`, what: `${edge.name} suffers ${fault.kind}`, tag: EACH_EDGE, fault }
    }),
  )
  return everydayDrills(stack, observed, faults)
}

function faultsOn({ name: edge }: Edge): readonly Fault[] {
  return [
    { kind: 'outage', edge, for: HOLD },
    { kind: 'latency', edge, latency: '1500ms', for: HOLD },
    { kind: 'reset_peer', edge, for: HOLD },
  ]
}
