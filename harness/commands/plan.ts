// harness plan: what drills would do and how long they would take. Starts nothing.
import type { CommandModule } from 'yargs'
import { readObserved } from '../drill/observed.ts'
import { timelineOf } from '../drill/timeline.ts'
import type { Timeline } from '../drill/timeline.ts'
import { describeCriterion } from '../checks/index.ts'
import { HarnessError } from '../errors.ts'
import { criteriaOf } from '../model/drill.ts'
import type { LoadedDrill } from '../model/drill.ts'
import { humanDuration } from '../model/duration.ts'
import type { StackHarness } from '../model/stack.ts'
import { runtimesOf, sayRuntimes } from '../model/fault-runtimes.ts'
import { fileOption, jsonOption, selectionOptions } from './command-world.ts'
import type { CommandWorld, Selecting } from './command-world.ts'
import { selectedOrExit } from './content.ts'

interface PlanArguments extends Selecting {
  accelerate: number
  json: boolean
}

export function planCommand(world: CommandWorld): CommandModule<object, PlanArguments> {
  return {
    command: 'plan [names..]',
    describe: 'show what drills would do, step by step, and how long they would take; start nothing',
    builder: (yargs) =>
      yargs
        .options({ ...selectionOptions, ...fileOption, ...jsonOption })
        .example('$0 plan', 'all drills, at production speed')
        .example('$0 plan postgres-outage --accelerate 30', 'one of them, accelerated') as never,
    handler: async (args) => {
      const selected = await selectedOrExit(world, args)
      if (selected === undefined) return
      const { stack, texts } = selected.content
      const { observed } = readObserved(texts, args.accelerate)
      if (observed === undefined) throw new HarnessError('BUG', 'the observers read at production speed but not accelerated')
      const plans = selected.drills.map((drill) => ({ drill, runtimes: runtimesOf(drill.faults), timeline: timelineOf(drill, { stack, acceleration: args.accelerate, observed }) }))
      if (args.json) world.print(JSON.stringify(plans, null, 2))
      else show(world, plans, stack.harness)
    },
  }
}

interface Planned {
  readonly drill: LoadedDrill
  readonly timeline: Timeline
}

function show(world: CommandWorld, plans: readonly Planned[], harness: StackHarness): void {
  for (const { drill, timeline } of plans) {
    world.print(`${drill.name}: ${drill.title}`)
    world.print(`  takes ${humanDuration(timeline.leastMs)} to ${humanDuration(timeline.mostMs)} once the stack is up`)
    const bound = sayRuntimes(drill.faults)
    if (bound !== undefined) world.print(`  can run ${bound}`)
    for (const { at, until, what } of timeline.steps) {
      const end = until === undefined ? '' : ` to ${humanDuration(until)}`
      world.print(`  ${`${humanDuration(at)}${end}`.padEnd(24)} ${what}`)
    }
    for (const criterion of criteriaOf(drill, { ...harness, watched: true })) world.print(`  judged: ${describeCriterion(criterion)}`)
    world.print('')
  }
  const least = plans.reduce((sum, { timeline }) => sum + timeline.leastMs, 0)
  world.print(`${plans.length === 1 ? '1 drill' : `${plans.length} drills`}, ${humanDuration(least)} at least`)
}
