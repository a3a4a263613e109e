// Each service of the stack killed in turn, under everyday load.
import { EACH_SERVICE } from '../model/drill.ts'
import type { LoadedDrill } from '../model/drill.ts'
import { observersOf } from '../model/stack.ts'
import type { ServiceSpec, Stack } from '../model/stack.ts'
import { everydayDrills, HOLD } from './everyday-drill.ts'
import type { Observed } from './observed.ts'

/** One drill for each service but the observers, without which nobody could tell. Undefined when the stack does not say what everyday load is. */
export function drillsOfEachService(stack: Stack, observed: Observed): readonly LoadedDrill[] | undefined {
  const faults = victimsOf(stack).map(({ name: service }) => {
    return { name: `${service}-killed`, what: `${service} is killed and stays away`, tag: EACH_SERVICE, fault: { kind: 'crash', service, for: HOLD } as const }
  })
  return everydayDrills(stack, observed, faults)
}

/** The services that are not observers. */
export function victimsOf({ services, harness }: Pick<Stack, 'services' | 'harness'>): readonly ServiceSpec[] {
  const observers = observersOf(harness)
  return services.filter(({ name }) => !observers.has(name))
}
