// Drills that nobody has to write: one fault each, under the everyday load of the stack, asking what is lost and who is told.
import type { LoadedDrill } from '../model/drill.ts'
import type { Fault } from '../model/fault.ts'
import { invariantsOf } from '../model/invariant.ts'
import type { Stack } from '../model/stack.ts'
import type { Observed } from './observed.ts'

/** Long enough for the slowest rules to fire, so that silence under it says something. */
export const HOLD = '17m'

export interface EverydayFault {
  readonly name: string
  /** What happens, as in "If ... ?". */
  readonly what: string
  readonly tag: string
  readonly fault: Fault
}

/** Undefined when the stack does not say what everyday load is. */
export function everydayDrills(stack: Stack, { rules }: Observed, faults: readonly EverydayFault[]): readonly LoadedDrill[] | undefined {
  const { everyday, invariants } = stack.harness
  if (everyday === undefined) return undefined
  // which alerts fire is what these drills find out, so none is forbidden
  const allow = [...new Set(rules.map(({ alert }) => alert))].map((alert) => ({ alert }))
  const whole = invariantsOf(everyday.scenario, invariants).length > 0
  const criteria: LoadedDrill['criteria'] = [
    { kind: 'nothing-lost', scenario: everyday.scenario },
    ...(whole ? [{ kind: 'invariants-hold' } as const] : []),
    { kind: 'recovers', within: '5m' },
  ]
  return faults.map(({ name, what, tag, fault }) => {
    const title = `If ${what}, is nothing lost, does everything recover unaided, and who is told?`
    return { name, file: stack.file, title, tags: [tag], load: everyday, baseline: '4m', faults: [fault], criteria, allow }
  })
}
