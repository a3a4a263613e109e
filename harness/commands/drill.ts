// harness drill: runs drills and says what they prove.
import type { CommandModule } from 'yargs'
import { EXIT, HarnessError } from '../errors.ts'
import { executionsOf, runAll } from '../run/run-all.ts'
import { undoDeadRuns } from '../run/dead-runs.ts'
import { selectDrills } from '../drill/select.ts'
import { exitCodeOf } from '../model/verdict.ts'
import { renderConsole } from '../render/console.ts'
import { fileOption, jsonOption } from './command-world.ts'
import type { CommandWorld } from './command-world.ts'
import { contentOrExit, digestsOf } from './content.ts'
import { followEntries } from './follow.ts'
import { stackNamed } from './stack-named.ts'
import { toolsFor } from './tools.ts'
import { writeReports } from './write-reports.ts'

interface DrillArguments {
  names?: string[]
  tag: string[]
  accelerate: number
  repeat: number
  keepUp: boolean
  on?: string
  json: boolean
  file: string[]
}

export function drillCommand(world: CommandWorld): CommandModule<object, DrillArguments> {
  return {
    command: 'drill [names..]',
    describe: 'run drills against a stack and report what they prove',
    builder: (yargs) =>
      yargs
        .positional('names', { type: 'string', array: true, describe: 'drills of chaos/, by name' })
        .option('tag', { type: 'string', array: true, default: [], describe: 'all drills that carry this tag' })
        .option('accelerate', { type: 'number', default: 1, describe: 'divide every production duration by this' })
        .option('repeat', { type: 'number', default: 1, describe: 'run the whole selection this often' })
        .option('keep-up', { type: 'boolean', default: false, describe: 'leave the stack running afterwards' })
        .option('on', { type: 'string', describe: 'use the stack that this run left up (latest: the newest)' })
        .options({ ...fileOption, ...jsonOption })
        .check(({ accelerate, repeat }) => (accelerate >= 1 && repeat >= 1 && Number.isInteger(repeat)) || '--accelerate wants a number of 1 or more, --repeat a whole one')
        .example('$0 drill postgres-outage', 'one drill at production speed')
        .example('$0 drill --tag smoke --accelerate 30', 'what npm start does')
        .example('$0 drill quiet --on latest --accelerate 30', 'on a stack that is up already (same acceleration)') as never,
    handler: (args) => runCommand(args, world),
  }
}

async function runCommand(args: DrillArguments, world: CommandWorld): Promise<void> {
  const content = await contentOrExit(world, args.file)
  if (content === undefined) return
  const { drills, unknown } = selectDrills(content.drills, { names: args.names ?? [], tags: args.tag })
  if (unknown.length > 0) throw new HarnessError('USAGE', unknown.join('; '), { hint: 'harness plan lists all drills' })
  for (const { run, what, failed } of await undoDeadRuns(world)) world.tell(`left by ${run}: ${what}${failed ? `, failed: ${failed}` : ''}`)
  const on = args.on === undefined ? undefined : stackNamed(world, args.on)
  const { tools, versions } = await toolsFor(world, [...content.stack.services.flatMap((spec) => spec.harness.tools), 'k6'])
  const order = { ...args, stack: content.stack, drills, digests: digestsOf(content, args.file), tools, versions, on, files: args.file, acceleration: on?.state.acceleration ?? args.accelerate, command: commandLine(args) }
  world.tell(`${executionsOf(order).length} drills, ${order.acceleration === 1 ? 'production speed' : `accelerated ${order.acceleration}x`}`)
  const directory = await runAll({ ...order, onEntry: followEntries(world) }, world)
  const { record, judgement } = await writeReports(directory)
  world.print(args.json ? JSON.stringify(judgement, null, 2) : renderConsole(record, judgement, { colour: world.colour }))
  world.tell(`report: ${directory.path}/report.md`)
  world.exit(world.signal.aborted ? EXIT.interrupted : exitCodeOf(judgement.verdict))
}

/** How to do it again. */
function commandLine({ names = [], tag, accelerate, repeat, file }: DrillArguments): string {
  const flags = [
    ...tag.map((name) => `--tag ${name}`),
    ...(accelerate === 1 ? [] : [`--accelerate ${accelerate}`]),
    ...(repeat === 1 ? [] : [`--repeat ${repeat}`]),
    ...(file.join() === fileOption.file.default.join() ? [] : file.map((name) => `-f ${name}`)),
  ]
  return ['npx harness drill', ...names, ...flags].join(' ')
}
