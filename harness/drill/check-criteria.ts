// Checks the criteria of a drill: that what they demand exists, and could come true at all.
import { messageOf } from '../errors.ts'
import type { Criterion, CriterionOf } from '../model/criterion.ts'
import type { Path } from '../model/located.ts'
import { suggest } from '../model/nearest.ts'
import type { Problem } from '../model/problem.ts'
import { parseQuery } from '../time/promql-tree.ts'
import { alertProblems, unknownAlert } from './check-alerts.ts'
import { invariantProblems } from './check-invariants.ts'
import { unknownReceiver } from './check-receivers.ts'
import type { Checking } from './check-references.ts'

type Checks = {
  readonly [K in Criterion['kind']]: (criterion: CriterionOf<K>, path: Path, checking: Checking) => readonly Problem[]
}

const CHECKS: Checks = {
  'alert-fires': alertProblems,
  'alert-inhibited': inhibitionProblems,
  'trace-shows': traceProblems,
  'value-holds': valueProblems,
  'nothing-lost': storeProblems,
  'invariants-hold': invariantProblems,
  'edges-match': edgeProblems,
  'users-served': phaseProblems,
  recovers: recoveryProblems,
  'heartbeat-stops': heartbeatProblems,
}

/** Every criterion that could not hold, or not be judged; and every allowed alert that does not exist. */
export function criterionProblems(checking: Checking): readonly Problem[] {
  const { criteria, allow } = checking.drill
  return [
    ...criteria.flatMap((criterion, index) => check(criterion, ['criteria', index], checking)),
    ...allow.flatMap(({ alert }, index) => unknownAlert(alert, ['allow', index, 'alert'], checking)),
  ]
}

function check(criterion: Criterion, path: Path, checking: Checking): readonly Problem[] {
  const own = CHECKS[criterion.kind] as (criterion: Criterion, path: Path, checking: Checking) => readonly Problem[]
  return own(criterion, path, checking)
}

/** It has to fire before it can be muted, whoever would be told of it. */
function inhibitionProblems({ alert, labels, by }: CriterionOf<'alert-inhibited'>, path: Path, checking: Checking): readonly Problem[] {
  const wrong = by === undefined ? [] : unknownAlert(by, [...path, 'by'], checking)
  return [...alertProblems({ kind: 'alert-fires', alert, labels }, path, checking), ...wrong]
}

function traceProblems(criterion: CriterionOf<'trace-shows'>, path: Path, checking: Checking): readonly Problem[] {
  return [...unknownEdge(criterion.edge, [...path, 'edge'], checking), ...phaseProblems(criterion, path, checking)]
}

function heartbeatProblems({ alert, receiver }: CriterionOf<'heartbeat-stops'>, path: Path, checking: Checking): readonly Problem[] {
  const { drill, problem } = checking
  const harmless = drill.faults.length === 0 ? [problem(path, `${alert} is to stop arriving, but this drill has no fault`, 'add a fault, or remove the criterion')] : []
  return [...unknownAlert(alert, [...path, 'alert'], checking), ...unknownReceiver(receiver, [...path, 'receiver'], checking), ...harmless]
}

function edgeProblems({ except = {} }: CriterionOf<'edges-match'>, path: Path, checking: Checking): readonly Problem[] {
  return Object.keys(except).flatMap((edge) => unknownEdge(edge, [...path, 'except', edge], checking))
}

function unknownEdge(edge: string, at: Path, { stack, problem }: Checking): readonly Problem[] {
  const edges = stack.edges.map(({ name }) => name)
  return edges.includes(edge) ? [] : [problem(at, `there is no edge ${edge}`, suggest(edge, edges, 'edge'))]
}

function valueProblems(criterion: CriterionOf<'value-holds'>, path: Path, checking: Checking): readonly Problem[] {
  const problems = [...phaseProblems(criterion, path, checking)]
  if (criterion.atLeast === undefined && criterion.atMost === undefined) {
    problems.push(checking.problem(path, 'the value may be anything', 'add atLeast, atMost or both'))
  }
  if (criterion.atLeast !== undefined && criterion.atMost !== undefined && criterion.atLeast > criterion.atMost) {
    problems.push(
      checking.problem(
        [...path, 'atLeast'],
        `no value is at least ${criterion.atLeast} and at most ${criterion.atMost}`,
        'exchange the two',
      ),
    )
  }
  try {
    parseQuery(criterion.query)
  } catch (thrown) {
    problems.push(checking.problem([...path, 'query'], messageOf(thrown), 'mend the query'))
  }
  return problems
}

/** Without faults there is neither a fault phase nor a recovery, and a criterion over them would never be judged. */
function phaseProblems(
  { during }: { readonly during?: string | undefined },
  path: Path,
  { drill, problem }: Checking,
): readonly Problem[] {
  if (drill.faults.length > 0 || during === 'baseline') return []
  return [
    problem(
      path,
      `this drill has no ${during ?? 'fault'} phase, for it has no faults`,
      'add during: baseline, or a fault',
    ),
  ]
}

function storeProblems(
  { scenario }: CriterionOf<'nothing-lost'>,
  path: Path,
  { drill, stack, scenarios, problem }: Checking,
): readonly Problem[] {
  const at = [...path, 'scenario']
  if (!scenarios.includes(scenario))
    return [problem(at, `there is no scenario ${scenario}`, suggest(scenario, scenarios, 'scenario'))]
  if (scenario !== drill.load.scenario)
    return [problem(at, `${scenario} does not run in this drill`, `write ${drill.load.scenario}`)]
  const stored = Object.values(stack.harness.stores).some((store) => store.scenarios.includes(scenario))
  if (stored) return []
  return [
    problem(
      at,
      `no store is known for ${scenario}`,
      `add the scenario to a store under x-harness.stores of ${stack.file}`,
    ),
  ]
}

function recoveryProblems(
  _criterion: CriterionOf<'recovers'>,
  path: Path,
  { drill, problem }: Checking,
): readonly Problem[] {
  return drill.faults.length > 0
    ? []
    : [problem(path, 'there is nothing to recover from, for this drill has no faults', 'remove it, or add a fault')]
}
