// Checks the faults of a drill against the stack: that each hits something, for some time, and does not blind the harness.
import { parseDuration } from '../model/duration.ts'
import { nameOf, targetOf, wordOf } from '../model/fault.ts'
import type { Fault } from '../model/fault.ts'
import { suggest } from '../model/nearest.ts'
import { scriptFile } from '../model/script.ts'
import { shownFile } from '../model/problem.ts'
import type { Problem } from '../model/problem.ts'
import { matchEdges } from '../model/stack.ts'
import type { Stack } from '../model/stack.ts'
import { configProblems } from './check-config-change.ts'
import { containerFaultProblems } from './check-container-faults.ts'
import { unknownReceiver } from './check-receivers.ts'
import type { Checking } from './check-references.ts'

/** Every fault that could not be applied, or whose drill could not be judged. */
export function faultProblems(checking: Checking): readonly Problem[] {
  return checking.drill.faults.flatMap((fault, index) => [
    ...targetProblems(fault, index, checking),
    ...timeProblems(fault, index, checking),
    ...containerFaultProblems(fault, index, checking),
    ...scriptProblems(fault, index, checking),
    ...configProblems(fault, index, checking),
    ...collisions(fault, index, checking),
  ])
}

/** Names of what a fault hits: edges, one service, or one receiver. */
export function targetsOf(fault: Fault, stack: Stack): readonly string[] {
  return 'edge' in fault ? matchEdges(fault.edge, stack.edges).map(({ name }) => name) : [targetOf(fault)]
}

function targetProblems(fault: Fault, index: number, checking: Checking): readonly Problem[] {
  const { stack, problem } = checking
  if ('edge' in fault) {
    if (matchEdges(fault.edge, stack.edges).length > 0) return []
    const what = fault.edge.includes('*') ? `no edge matches ${fault.edge}` : `there is no edge ${fault.edge}`
    return [
      problem(
        ['faults', index, 'edge'],
        what,
        suggest(
          fault.edge,
          stack.edges.map(({ name }) => name),
          'edge',
        ),
      ),
    ]
  }
  if (fault.kind === 'receiver_broken') return unknownReceiver(fault.receiver, ['faults', index, 'receiver'], checking)
  const names = stack.services.map(({ name }) => name)
  const path = ['faults', index, 'service']
  if (!names.includes(fault.service))
    return [problem(path, `there is no service ${fault.service}`, suggest(fault.service, names, 'service'))]
  const observers = Object.values(stack.harness.observers).map((address) => address.split(':')[0])
  // it runs on, and says what it has read
  if (!observers.includes(fault.service) || fault.kind === 'config_change') return []
  return [
    problem(
      path,
      `${nameOf(fault)} would blind the harness, which observes through it`,
      `hurt its edge instead, such as { kind: outage, edge: '*->${fault.service}' }`,
    ),
  ]
}

function timeProblems(fault: Fault, index: number, { problem }: Checking): readonly Problem[] {
  const problems: Problem[] = []
  if (parseDuration(fault.for) === 0)
    problems.push(
      problem(['faults', index, 'for'], `${nameOf(fault)} holds for no time`, 'write how long it holds, such as 5m'),
    )
  if (fault.kind === 'latency' && parseDuration(fault.jitter ?? '0s') > parseDuration(fault.latency)) {
    problems.push(
      problem(
        ['faults', index, 'jitter'],
        `a jitter of ${fault.jitter} around ${fault.latency} would often be no delay`,
        'write a jitter below the latency',
      ),
    )
  }
  return problems
}

function scriptProblems(fault: Fault, index: number, { stack, disturbances = [], problem }: Checking): readonly Problem[] {
  if (fault.kind !== 'script' || disturbances.includes(fault.script)) return []
  const path = ['faults', index, 'script']
  return [problem(path, `there is no ${shownFile(scriptFile(stack.harness, fault.script))}`, suggest(fault.script, disturbances, 'disturbance'))]
}

/** Two faults of one kind cannot hold on one target at the same time: the end of the first would end the second. */
function collisions(fault: Fault, index: number, { drill, stack, problem }: Checking): readonly Problem[] {
  const mine = targetsOf(fault, stack)
  const rival = drill.faults.slice(0, index).find((other) => {
    const shared = targetsOf(other, stack).some((target) => mine.includes(target))
    return wordOf(other) === wordOf(fault) && shared && overlap(fault, other)
  })
  if (!rival) return []
  return [
    problem(
      ['faults', index],
      `${nameOf(fault)} begins while ${nameOf(rival)} still holds on the same target`,
      'let one begin (from) after the other has ended',
    ),
  ]
}

function overlap(a: Fault, b: Fault): boolean {
  const [first, second] = [spanOf(a), spanOf(b)]
  return first.from < second.to && second.from < first.to
}

/** When a fault holds, in production milliseconds from the start of the fault phase. */
export function spanOf(fault: Fault): { readonly from: number; readonly to: number } {
  const from = parseDuration(fault.from ?? '0s')
  return { from, to: from + parseDuration(fault.for) }
}
