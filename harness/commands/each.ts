// The drills of harness drill --each-edge and --each-service, which nobody has written.
import { drillsOfEachEdge } from '../drill/each-edge.ts'
import { drillsOfEachService, victimsOf } from '../drill/each-service.ts'
import type { Content } from '../drill/read-content.ts'
import { HarnessError } from '../errors.ts'
import type { LoadedDrill } from '../model/drill.ts'
import { matchNames } from '../model/stack.ts'
import type { Stack } from '../model/stack.ts'

export interface Each {
  /** A pattern of edges; empty for all. */
  readonly eachEdge?: string | undefined
  /** A pattern of services; empty for all. */
  readonly eachService?: string | undefined
}

/** Undefined when neither was asked for. USAGE when a pattern names nothing, or the stack does not say what everyday load is. */
export function eachDrills({ stack, observed }: Content, { eachEdge, eachService }: Each): readonly LoadedDrill[] | undefined {
  if (eachEdge === undefined && eachService === undefined) return undefined
  const edges = eachEdge === undefined ? [] : named('edge', eachEdge, stack.edges)
  const services = eachService === undefined ? [] : named('service that can be killed', eachService, victimsOf(stack))
  const narrowed: Stack = { ...stack, edges, services }
  const drills = drillsOfEachEdge(narrowed, observed)
  const deaths = drillsOfEachService(narrowed, observed)
  if (drills !== undefined && deaths !== undefined) return [...drills, ...deaths]
  throw new HarnessError('USAGE', `${stack.file} does not say what everyday load is`, { hint: 'add x-harness.everyday: { scenario, rate, floor }' })
}

function named<T extends { readonly name: string }>(what: string, pattern: string, all: readonly T[]): readonly T[] {
  const found = matchNames(pattern || '*', all)
  if (found.length > 0) return found
  throw new HarnessError('USAGE', `no ${what} is called ${pattern}`, { hint: `use one of ${all.map(({ name }) => name).join(', ')}` })
}
