// Checks what a drill demands of stored data: that each invariant is declared, and says something of the load that runs.
import type { CriterionOf } from '../model/criterion.ts'
import { invariantsOf } from '../model/invariant.ts'
import type { Path } from '../model/located.ts'
import { suggest } from '../model/nearest.ts'
import type { Problem } from '../model/problem.ts'
import type { Checking } from './check-references.ts'

export function invariantProblems(criterion: CriterionOf<'invariants-hold'>, path: Path, checking: Checking): readonly Problem[] {
  const { drill, stack, problem } = checking
  if (criterion.only !== undefined)
    return criterion.only.flatMap((name, index) => nameProblems(name, [...path, 'only', index], checking))
  if (invariantsOf(drill.load.scenario, stack.harness.invariants).length > 0) return []
  const what = `no invariant is known for ${drill.load.scenario}`
  return [problem(path, what, `add one under x-harness.invariants of ${stack.file}`)]
}

function nameProblems(name: string, at: Path, { drill, stack, problem }: Checking): readonly Problem[] {
  const all = stack.harness.invariants ?? {}
  const { scenario } = drill.load
  const known = Object.hasOwn(all, name) ? all[name] : undefined
  if (known === undefined) return [problem(at, `there is no invariant ${name}`, suggest(name, Object.keys(all), 'invariant'))]
  if (known.scenarios?.includes(scenario) ?? true) return []
  const what = `${name} says nothing of ${scenario}, only of ${known.scenarios?.join(', ')}`
  return [problem(at, what, `remove it, or add ${scenario} to its scenarios in ${stack.file}`)]
}
