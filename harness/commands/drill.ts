// harness drill: runs drills and says what they prove.
import { randomUUID } from 'node:crypto'
import type { CommandModule } from 'yargs'
import { EXIT } from '../errors.ts'
import { executionsOf } from '../run/executions.ts'
import { runAll } from '../run/run-all.ts'
import { LOAD_WAYS } from '../model/k6.ts'
import type { LoadWay } from '../model/k6.ts'
import { exitCodeOf } from '../model/verdict.ts'
import { renderConsole } from '../render/console.ts'
import { fileOption, jsonOption, runtimeOption, selectionOptions, TOGETHER, togetherOption, wholeNumber } from './command-world.ts'
import type { Choosing, CommandWorld, Selecting } from './command-world.ts'
import { digestsOf, selectedOrExit } from './content.ts'
import { eachDrills } from './each.ts'
import { followEntries } from './follow.ts'
import { demandSpeedOf, stackNamed } from './stack-named.ts'
import { provisionFor } from './tools.ts'
import { undoFirst } from './undo-first.ts'
import { writeReports } from './write-reports.ts'

interface DrillArguments extends Selecting, Choosing {
  accelerate: number
  repeat: number
  seed?: string
  together: number
  keepUp: boolean
  on?: string
  eachEdge?: string
  eachService?: string
  load?: LoadWay
  json: boolean
}

export function drillCommand(world: CommandWorld): CommandModule<object, DrillArguments> {
  return {
    command: 'drill [names..]',
    describe: 'run drills against a stack and report what they prove',
    builder: (yargs) =>
      yargs
        .positional('names', { type: 'string', array: true, describe: 'drills of chaos/ by name, or drill files by path; all when left out' })
        .options(selectionOptions)
        .option('repeat', { type: 'number', default: 1, describe: 'run the whole selection this often, each time in another order', coerce: wholeNumber('--repeat') })
        .option('seed', { type: 'string', describe: 'draws the orders; on record in the journal, so that they can be had again' })
        .option('each-edge', { type: 'string', describe: 'instead: cut, slow and reset each edge in turn, or those that a pattern such as *->postgres names' })
        .option('each-service', { type: 'string', describe: 'instead: kill each service in turn, or those that a pattern names' })
        .option('keep-up', { type: 'boolean', default: false, describe: 'leave the stack running afterwards' })
        .option('on', { type: 'string', describe: 'use the stack that this run left up (latest: the newest)' })
        .option('load', { choices: LOAD_WAYS, describe: 'what k6 runs in; a process where k6 is on this machine when left out' })
        .options({ ...togetherOption, ...runtimeOption, ...fileOption, ...jsonOption })
        .example('$0 drill postgres-outage', 'one drill at production speed')
        .example('$0 drill --tag smoke --accelerate 40', 'those that tell most in little time')
        .example('$0 drill --each-edge --accelerate 40', 'a matrix of every edge and what its faults did to users and alerts')
        .example("$0 drill --each-service 'event*' --accelerate 40", 'kill those services, one after another')
        .example('$0 drill quiet --on latest', 'on a stack that is up already, at its own speed') as never,
    handler: (args) => runCommand(args, world),
  }
}

async function runCommand(args: DrillArguments, world: CommandWorld): Promise<void> {
  const selected = await selectedOrExit(world, args)
  if (selected === undefined) return
  const { content } = selected
  const drills = eachDrills(content, args) ?? selected.drills
  await undoFirst(world)
  const on = args.on === undefined ? undefined : await stackNamed(world, args.on)
  demandSpeedOf(on, args.accelerate === 1 ? undefined : args.accelerate)
  const provision = await provisionFor(world, { stack: content.stack, runtime: on?.state.runtime ?? args.runtime, load: true, way: args.load })
  const seed = seedOf(args)
  const order = { ...args, ...provision, stack: content.stack, drills, digests: digestsOf(content, args.file), on, files: args.file, seed, acceleration: on?.state.acceleration ?? args.accelerate, command: commandLine({ ...args, seed }) }
  world.tell(`${executionsOf(order).length} drills on ${RUNTIME_WORDS[order.runtime]}, ${order.acceleration === 1 ? 'production speed' : `accelerated ${order.acceleration}x`}`)
  const directory = await runAll({ ...order, onEntry: followEntries(world) }, world)
  const { record, judgement } = await writeReports(directory, world.root)
  world.print(args.json ? JSON.stringify(judgement, null, 2) : renderConsole(record, judgement, { colour: world.colour }))
  world.tell(`report: ${directory.path}/report.html, and report.md beside it`)
  const neverBegan = record.drills.length === 0 && record.failures.length > 0
  world.exit(world.signal.aborted ? EXIT.interrupted : neverBegan ? EXIT.environment : exitCodeOf(judgement.verdict))
}

const RUNTIME_WORDS = { containers: 'containers', local: 'local processes' } as const

/** A selection that is repeated is shuffled: what only one order brings about would otherwise be taken for the system's own. */
function seedOf({ seed, repeat }: DrillArguments): string | undefined {
  return seed ?? (repeat > 1 ? randomUUID().slice(0, 8) : undefined)
}

/** How to do it again. */
function commandLine({ names = [], tag, eachEdge, eachService, accelerate, repeat, seed, together, runtime, load, file }: DrillArguments): string {
  const flags = [
    ...tag.map((name) => `--tag ${name}`),
    ...eachFlag('--each-edge', eachEdge),
    ...eachFlag('--each-service', eachService),
    ...(accelerate === 1 ? [] : [`--accelerate ${accelerate}`]),
    ...(repeat === 1 ? [] : [`--repeat ${repeat}`]),
    ...(seed === undefined ? [] : [`--seed ${seed}`]),
    ...(together === TOGETHER ? [] : [`--together ${together}`]),
    ...(runtime === undefined ? [] : [`--runtime ${runtime}`]),
    ...(load === undefined ? [] : [`--load ${load}`]),
    ...(file.join() === fileOption.file.default.join() ? [] : file.map((name) => `-f ${name}`)),
  ]
  return ['npx harness drill', ...names, ...flags].join(' ')
}

function eachFlag(flag: string, pattern: string | undefined): readonly string[] {
  if (pattern === undefined) return []
  return [pattern === '' ? flag : `${flag} '${pattern}'`]
}
