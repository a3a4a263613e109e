// Makes of a plan the order for a run: tools, digests, who watches, and what it takes.
import { coverageOf } from '../checks/alert-coverage.ts'
import { estimateGate, sumOf } from '../drill/gate-estimate.ts'
import type { GateStep } from '../drill/gate-estimate.ts'
import type { GatePlan } from '../drill/gate-plan.ts'
import { readObserved } from '../drill/observed.ts'
import type { Content } from '../drill/read-content.ts'
import { HarnessError } from '../errors.ts'
import type { LoadedDrill } from '../model/drill.ts'
import { humanDuration } from '../model/duration.ts'
import { batchesOf, executionsOf } from '../run/executions.ts'
import { lookBack } from '../run/gate/everyday.ts'
import type { GateOrder } from '../run/gate/gate-order.ts'
import type { RunOrder } from '../run/run-all.ts'
import { fileOption } from './command-world.ts'
import type { CommandWorld } from './command-world.ts'
import { digestsOf } from './content.ts'
import type { GateArguments } from './gate.ts'
import { watchGate } from './gate-watch.ts'
import { seenInRuns } from './seen-in-runs.ts'
import { demandSpeedOf, stackNamed } from './stack-named.ts'
import { besideOf, todayOf } from './todays-rules.ts'
import { provisionFor } from './tools.ts'

interface Wanted {
  readonly args: GateArguments
  readonly plans: readonly GatePlan[]
}

/** Says how long it will take. */
export async function orderGate(world: CommandWorld, content: Content, { args, plans }: Wanted): Promise<RunOrder> {
  const on = args.on === undefined ? undefined : await stackNamed(world, args.on)
  demandSpeedOf(on, args.accelerate)
  const acceleration = on?.state.acceleration ?? speedOf(args)
  const { stack } = content
  const coverage = coverageNow(world, content, args.file)
  const provision = await provisionFor(world, { stack, runtime: on?.state.runtime ?? args.runtime, load: true })
  const drills = drillsOf(plans)
  const steps = stepsOf(content, { plans, drills, acceleration, together: args.together })
  world.tell(`${sayPlan(plans, drills)} on ${provision.runtime === 'containers' ? 'containers' : 'local processes'}, ${acceleration === 1 ? 'production speed' : `accelerated ${acceleration}x`}: about ${humanDuration(Math.round(sumOf(steps) / 1_000) * 1_000)}`)
  const { onEntry, enough } = watchGate(world, { plans, steps, failFast: args.failFast })
  const gate: GateOrder = { plans, scrapeMs: content.observed.scrapeMs, coverage, enough }
  const common = { command: commandLine(args, acceleration), stack, files: args.file, drills, repeat: 1, together: args.together, acceleration, keepUp: false, on }
  return { ...common, ...provision, digests: digestsOf(content, args.file), gate, onEntry }
}

/** Each once, whichever phases ask for it. */
function drillsOf(plans: readonly GatePlan[]): readonly LoadedDrill[] {
  return [...new Map(plans.flatMap((plan) => plan.drills).map((drill) => [drill.name, drill])).values()]
}

interface Timed {
  readonly plans: readonly GatePlan[]
  readonly drills: readonly LoadedDrill[]
  readonly acceleration: number
  readonly together: number
}

function stepsOf({ stack, texts }: Content, { plans, drills, acceleration, together }: Timed): readonly GateStep[] {
  const { observed } = readObserved(texts, acceleration)
  if (observed === undefined) throw new HarnessError('BUG', 'the observers read at production speed but not accelerated')
  const batches = batchesOf(executionsOf({ drills, repeat: 1 }), stack, together).map((batch) => batch.map(({ drill }) => drill))
  return estimateGate({ plans, batches, stack, observed, acceleration, lookBackMs: lookBack(plans.flatMap(({ looks }) => looks.load)) })
}

function sayPlan(plans: readonly GatePlan[], drills: readonly LoadedDrill[]): string {
  const looks = plans.reduce((sum, plan) => sum + new Set(Object.values(plan.looks).flat()).size, 0)
  const named = plans.map(({ phase, profile }) => `${phase.name} (${profile})`).join(', ')
  return `${named}: ${drills.length === 1 ? '1 drill' : `${drills.length} drills`} and ${looks === 1 ? '1 criterion' : `${looks} criteria`} looked at`
}

/** Rules and exemptions are read before anything starts, runs when it is asked. Throws CONTENT_INVALID where exemptions are wrong. */
function coverageNow(world: CommandWorld, content: Content, files: readonly string[]): GateOrder['coverage'] {
  const today = todayOf(content, files)
  const { problems, ...beside } = besideOf(content, today, world.clock.now())
  const [problem] = problems
  if (problem !== undefined) throw new HarnessError('CONTENT_INVALID', `${problem.file}:${problem.line}: ${problem.what}`, { hint: problem.fix })
  return async () => coverageOf(await seenInRuns(world, today), beside).rules.map(({ alert, state }) => ({ alert, state }))
}

function speedOf({ accelerate, profile }: GateArguments): number {
  if (profile === 'fidelity' && accelerate !== undefined && accelerate !== 1) {
    throw new HarnessError('USAGE', `fidelity is production speed, and not ${accelerate}x`, { hint: 'leave --accelerate out, or take --profile nightly' })
  }
  return accelerate ?? (profile === 'fidelity' ? 1 : 40)
}

/** How to do it again. */
export function commandLine({ phases = [], profile, only, skip, failFast, runtime, file }: GateArguments, acceleration: number): string {
  const flags = [
    `--profile ${profile}`,
    ...(acceleration === (profile === 'fidelity' ? 1 : 40) ? [] : [`--accelerate ${acceleration}`]),
    ...only.map((id) => `--only ${id}`),
    ...skip.map((one) => `--skip ${quoted(one)}`),
    ...(failFast ? ['--fail-fast'] : []),
    ...(runtime === undefined ? [] : [`--runtime ${runtime}`]),
    ...(file.join() === fileOption.file.default.join() ? [] : file.map((name) => `-f ${name}`)),
  ]
  return ['npx harness gate', ...phases, ...flags].join(' ')
}

/** For a shell, to which everything between two such signs is text. */
function quoted(text: string): string {
  return /^[\w./=#-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
