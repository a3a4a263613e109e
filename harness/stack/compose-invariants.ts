// Checks the invariants of a stack: a name that is misspelt would otherwise be an invariant that is never looked at.
import { existsSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Path } from '../model/located.ts'
import type { Invariant } from '../model/invariant.ts'
import { suggest } from '../model/nearest.ts'
import type { Problem } from '../model/problem.ts'
import type { StackHarness } from '../model/stack.ts'
import type { Merged } from './compose-checks.ts'

export function invariantProblems({ invariants = {}, scenarios }: StackHarness, merged: Merged): readonly Problem[] {
  const known = scenariosIn(resolve(merged.directory, scenarios))
  return Object.entries(invariants).flatMap(([name, invariant]) => {
    return [...serviceProblems(name, invariant, merged), ...scenarioProblems(name, { invariant, known, merged })]
  })
}

function serviceProblems(name: string, { service }: Invariant, { services, problem }: Merged): readonly Problem[] {
  const names = services.map((one) => one.name)
  if (names.includes(service)) return []
  const at: Path = ['x-harness', 'invariants', name, 'service']
  return [problem(at, `the invariant ${name} is in ${service}, which is no service`, suggest(service, names))]
}

interface Place {
  readonly invariant: Invariant
  readonly known: readonly string[]
  readonly merged: Merged
}

function scenarioProblems(name: string, { invariant, known, merged }: Place): readonly Problem[] {
  return (invariant.scenarios ?? []).flatMap((scenario, index) => {
    if (known.includes(scenario)) return []
    const at: Path = ['x-harness', 'invariants', name, 'scenarios', index]
    return [merged.problem(at, `the invariant ${name} is for ${scenario}, which is no scenario`, suggest(scenario, known, 'scenario'))]
  })
}

function scenariosIn(directory: string): readonly string[] {
  if (!existsSync(directory)) return []
  return readdirSync(directory).flatMap((file) => (file.endsWith('.ts') && !file.endsWith('.test.ts') ? [file.slice(0, -'.ts'.length)] : []))
}
