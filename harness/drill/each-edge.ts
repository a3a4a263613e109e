// Drills that nobody has to write: each edge of the stack cut, slowed and reset in turn, under everyday load.
import type { AlertMatcher } from '../model/criterion.ts'
import { EACH_EDGE } from '../model/drill.ts'
import type { LoadedDrill } from '../model/drill.ts'
import type { Fault } from '../model/fault.ts'
import { invariantsOf } from '../model/invariant.ts'
import type { Edge, Stack, StackHarness } from '../model/stack.ts'
import type { Observed } from './observed.ts'

/** Long enough for the slowest rules to fire, so that silence under it says something. */
const HOLD = '17m'

/** Three drills for each edge. Undefined when the stack does not say what everyday load is. */
export function drillsOfEachEdge(stack: Stack, { rules }: Observed): readonly LoadedDrill[] | undefined {
  const { everyday, invariants } = stack.harness
  if (everyday === undefined) return undefined
  // which alerts fire is what these drills find out, so none is forbidden
  const allow = [...new Set(rules.map(({ alert }) => alert))].map((alert) => ({ alert }))
  const whole = invariantsOf(everyday.scenario, invariants).length > 0
  return stack.edges.flatMap((edge) => faultsOn(edge).map((fault) => drillOf({ edge, fault, everyday, whole, allow, file: stack.file })))
}

function faultsOn({ name: edge }: Edge): readonly Fault[] {
  return [
    { kind: 'outage', edge, for: HOLD },
    { kind: 'latency', edge, latency: '1500ms', for: HOLD },
    { kind: 'reset_peer', edge, for: HOLD },
  ]
}

interface Making {
  readonly edge: Edge
  readonly fault: Fault
  readonly everyday: NonNullable<StackHarness['everyday']>
  /** Whether the stack says what must be true of the data of this load. */
  readonly whole: boolean
  readonly allow: readonly AlertMatcher[]
  readonly file: string
}

function drillOf({ edge, fault, everyday, whole, allow, file }: Making): LoadedDrill {
  return {
    name: `${edge.from}-to-${edge.to}-${fault.kind.replace('_', '-')}`,
    file,
    title: `If ${edge.name} suffers ${fault.kind}, is nothing lost, does everything recover unaided, and who is told?`,
    tags: [EACH_EDGE],
    load: everyday,
    baseline: '4m',
    faults: [fault],
    criteria: [
      { kind: 'nothing-lost', scenario: everyday.scenario },
      ...(whole ? [{ kind: 'invariants-hold' } as const] : []),
      { kind: 'recovers', within: '5m' },
    ],
    allow: [...allow],
  }
}
