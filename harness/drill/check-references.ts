// Checks drills against everything they speak of: edges, services, scenarios, rules, receivers. Pure; all problems at once.
import type { LoadedDrill } from '../model/drill.ts'
import { perSecond } from '../model/rate.ts'
import type { Located, Path } from '../model/located.ts'
import { suggest } from '../model/nearest.ts'
import type { Problem } from '../model/problem.ts'
import type { Stack } from '../model/stack.ts'
import { criterionProblems } from './check-criteria.ts'
import { faultProblems } from './check-faults.ts'
import type { Observed } from './observed.ts'

export interface LocatedDrill {
  readonly drill: LoadedDrill
  readonly located: Located
}

/** What drills may speak of. */
export interface Surroundings {
  readonly stack: Stack
  readonly observed: Observed
  readonly scenarios: readonly string[]
  /** Names of the files in disturbances/, without their ending. */
  readonly disturbances?: readonly string[]
  /** Texts of the files that faults change, by `service path`; those that could not be read are not there. */
  readonly configs?: Readonly<Record<string, string>>
}

/** One drill being checked. */
export interface Checking extends Surroundings {
  readonly drill: LoadedDrill
  readonly problem: (path: Path, what: string, fix: string) => Problem
}

/** Every reference of every drill that leads nowhere, and every demand that cannot be met. */
export function brokenReferences(drills: readonly LocatedDrill[], around: Surroundings): readonly Problem[] {
  return [...namesakes(drills), ...drills.flatMap((one) => drillProblems(one, around))]
}

function drillProblems({ drill, located }: LocatedDrill, around: Surroundings): readonly Problem[] {
  const problem: Checking['problem'] = (path, what, fix) => ({
    file: drill.file,
    line: located.lineOf(path),
    what,
    fix,
  })
  const checking: Checking = { ...around, drill, problem }
  return [
    ...loadProblems(checking),
    ...holdProblems(checking),
    ...faultProblems(checking),
    ...criterionProblems(checking),
  ]
}

function namesakes(drills: readonly LocatedDrill[]): readonly Problem[] {
  return drills.flatMap(({ drill }, index) => {
    const first = drills.slice(0, index).find((other) => other.drill.name === drill.name)
    if (!first) return []
    return [
      {
        file: drill.file,
        line: 1,
        what: `${first.drill.file} is called ${drill.name} too`,
        fix: 'rename one of the files: a drill is named after its file',
      },
    ]
  })
}

function loadProblems({ drill, scenarios, problem }: Checking): readonly Problem[] {
  const { scenario, rate, floor } = drill.load
  const problems: Problem[] = []
  if (!scenarios.includes(scenario))
    problems.push(
      problem(['load', 'scenario'], `there is no scenario ${scenario}`, suggest(scenario, scenarios, 'scenario')),
    )
  if (perSecond(rate) <= 0)
    problems.push(problem(['load', 'rate'], `a rate of ${rate} is no load`, 'write a rate above 0/s'))
  if (perSecond(floor) > perSecond(rate)) {
    problems.push(
      problem(
        ['load', 'floor'],
        `the floor ${floor} is above the rate ${rate}, so the verdict could only be inconclusive`,
        'lower the floor or raise the rate',
      ),
    )
  }
  return problems
}

function holdProblems({ drill, problem }: Checking): readonly Problem[] {
  if (drill.hold === undefined || drill.faults.length === 0) return []
  return [
    problem(['hold'], 'hold is for drills without faults', 'remove it; each fault says how long it holds with for'),
  ]
}
