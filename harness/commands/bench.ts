// harness bench: what the harness costs, as ratios measured side by side.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { CommandModule } from 'yargs'
import { asHarnessError, EXIT, HarnessError } from '../errors.ts'
import { BENCH_PARTS, benchExit } from '../model/bench.ts'
import type { Bench, BenchPart } from '../model/bench.ts'
import { benchForConsole, placeForBench, withBench } from '../render/bench.ts'
import type { BenchOrder } from '../run/bench/bench-order.ts'
import { runBench } from '../run/bench/run-bench.ts'
import { undoDeadRuns } from '../run/dead-runs.ts'
import { fileOption, jsonOption, selectionOptions, wholeNumber } from './command-world.ts'
import type { CommandWorld } from './command-world.ts'
import { contentOrExit, digestsOf } from './content.ts'
import { followEntries } from './follow.ts'
import { provisionFor } from './tools.ts'

const RESULTS = join('reports', 'bench')
const LATEST = 'latest.json'

interface BenchArguments {
  only: readonly BenchPart[]
  rounds: number
  accelerate?: number
  publish: boolean
  file: string[]
  json: boolean
}

export function benchCommand(world: CommandWorld): CommandModule<object, BenchArguments> {
  return {
    command: 'bench',
    describe: 'measure what the harness costs, side by side with doing without it',
    builder: (yargs) =>
      yargs
        .option('only', { type: 'string', default: BENCH_PARTS.join(), describe: `some of ${BENCH_PARTS.join()}`, coerce: parts })
        .option('rounds', { type: 'number', default: 5, describe: 'how often each side is measured', coerce: wholeNumber('--rounds') })
        .option('accelerate', { type: 'number', describe: 'time a smoke run of its own at this acceleration; else the newest run that is there', coerce: selectionOptions.accelerate.coerce })
        .option('publish', { type: 'boolean', default: false, describe: `also write ${join(RESULTS, LATEST)} and the table in README.md` })
        .options({ ...fileOption, ...jsonOption })
        .example('$0 bench', 'everything, which takes a quarter of an hour')
        .example('$0 bench --only edge --rounds 3', 'one part')
        .example('$0 bench --only verdict --accelerate 40', 'a smoke run, timed') as never,
    handler: (args) => runCommand(args, world),
  }
}

async function runCommand(args: BenchArguments, world: CommandWorld): Promise<void> {
  if (args.publish && args.only.length < BENCH_PARTS.length) throw new HarnessError('USAGE', '--publish wants every part: figures of different days do not belong in one table')
  const readme = join(world.root, 'README.md')
  // rather now than after a quarter of an hour
  if (args.publish) placeForBench(readFileSync(readme, 'utf8'), readme)
  const order = await orderOf(args, world)
  if (order === undefined) return
  const bench = await runBench(order, world)
  const file = join(world.root, RESULTS, `${bench.run}.json`)
  write(file, bench)
  if (args.publish && !world.signal.aborted) publish(bench, { readme, latest: join(world.root, RESULTS, LATEST) })
  world.print(args.json ? JSON.stringify(bench, null, 2) : benchForConsole(bench))
  world.tell(`figures: ${file}`)
  world.exit(world.signal.aborted ? EXIT.interrupted : benchExit(bench))
}

async function orderOf(args: BenchArguments, world: CommandWorld): Promise<BenchOrder | undefined> {
  const content = await contentOrExit(world, args.file)
  if (content === undefined) return undefined
  await undoDeadRuns(world)
  const local = await provisionFor(world, { stack: content.stack, runtime: 'local', load: true })
  const containers = args.only.includes('start') ? await containersOf(content.stack, world) : { missing: 'nobody asked' }
  const { only: parts, rounds, accelerate: acceleration, file: files } = args
  const command = commandLine(args)
  return { command, parts, rounds, acceleration, content, files, digests: digestsOf(content, files), local, containers, onEntry: followEntries(world), tell: world.tell }
}

/** Without an engine, or without an image, the others are measured all the same. */
async function containersOf(stack: BenchOrder['content']['stack'], world: CommandWorld): Promise<BenchOrder['containers']> {
  try {
    return await provisionFor(world, { stack, runtime: 'containers', load: false })
  } catch (thrown) {
    world.signal.throwIfAborted()
    const { code, message } = asHarnessError(thrown)
    return { missing: `${code}: ${message}` }
  }
}

function publish(bench: Bench, { readme, latest }: { readonly readme: string; readonly latest: string }): void {
  write(latest, bench)
  writeFileSync(readme, withBench(readFileSync(readme, 'utf8'), bench, readme))
}

function write(file: string, bench: Bench): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(bench, null, 2)}\n`)
}

function commandLine({ only, rounds, accelerate }: BenchArguments): string {
  const flags = [...(only.length < BENCH_PARTS.length ? [`--only ${only.join()}`] : []), `--rounds ${rounds}`, ...(accelerate === undefined ? [] : [`--accelerate ${accelerate}`])]
  return ['npx harness bench', ...flags].join(' ')
}

function parts(text: string): readonly BenchPart[] {
  const named = text.split(',')
  const unknown = named.filter((name) => !BENCH_PARTS.some((part) => part === name))
  if (unknown.length === 0) return BENCH_PARTS.filter((part) => named.includes(part))
  throw new HarnessError('USAGE', `--only knows ${BENCH_PARTS.join()}, not ${unknown.join() || 'nothing'}`)
}
