// harness gate: is a phase ready? One stack, the drills and looks that its criteria ask for, and a verdict on each claim.
import type { CommandModule } from 'yargs'
import { EXIT } from '../errors.ts'
import { PROFILES } from '../model/phase.ts'
import type { Profile } from '../model/phase.ts'
import { exitCodeOf } from '../model/verdict.ts'
import { overallOf } from '../model/gate-finding.ts'
import { renderGates } from '../render/gate-console.ts'
import { runAll } from '../run/run-all.ts'
import { annotate } from './ci-manners.ts'
import { fileOption, jsonOption, runtimeOption, selectionOptions, togetherOption } from './command-world.ts'
import type { Choosing, CommandWorld } from './command-world.ts'
import { contentOrExit } from './content.ts'
import { sayPhases } from './gate-list.ts'
import { orderGate } from './gate-order.ts'
import { plansFor } from './gate-plans.ts'
import { undoFirst } from './undo-first.ts'
import { writeReports } from './write-reports.ts'
import type { Judged } from './write-reports.ts'

export interface GateArguments extends Choosing {
  phases?: string[]
  profile: Profile
  only: string[]
  skip: string[]
  failFast: boolean
  accelerate?: number
  together: number
  on?: string
  list: boolean
  file: string[]
  json: boolean
}

export function gateCommand(world: CommandWorld): CommandModule<object, GateArguments> {
  return {
    command: 'gate [phases..]',
    describe: 'judge whether a phase is ready, claim by claim, from one run on one stack',
    builder: (yargs) =>
      yargs
        .positional('phases', { type: 'string', array: true, describe: 'phases of reports/phases by name, or all' })
        .option('profile', { choices: PROFILES, default: 'smoke' as const, describe: 'how much time it is given: minutes; a night, accelerated; production speed' })
        .option('only', { type: 'string', array: true, default: [] as string[], describe: 'criteria to judge, by id; what else blocks is then not proved' })
        .option('skip', { type: 'string', array: true, default: [] as string[], describe: 'ID=REASON: leave a criterion out; one that blocks is then not proved' })
        .option('fail-fast', { type: 'boolean', default: false, describe: 'begin nothing more once a criterion that blocks has failed' })
        .option('accelerate', { ...selectionOptions.accelerate, default: undefined, coerce: (value?: number) => (value === undefined ? undefined : selectionOptions.accelerate.coerce(value)), describe: 'divide every production duration by this; 40, or 1 for fidelity, when left out' })
        .option('on', { type: 'string', describe: 'use the stack that this run left up (latest: the newest), at its speed' })
        .option('list', { type: 'boolean', default: false, describe: 'only say which phases there are' })
        .options({ ...togetherOption, ...runtimeOption, ...fileOption, ...jsonOption })
        .example('$0 gate phase-6', 'what npm start does: some three minutes')
        .example('$0 gate all --profile nightly', 'every phase, from one run')
        .example('$0 gate phase-6 --only core-is-healthy', 'one criterion again')
        .example("$0 gate phase-6 --skip rag-runs='not part of this release'", 'left out, and told in the report') as never,
    handler: (args) => runCommand(args, world),
  }
}

async function runCommand(args: GateArguments, world: CommandWorld): Promise<void> {
  const content = await contentOrExit(world, args.file)
  if (content === undefined) return
  const { phases = [] } = args
  if (args.list || phases.length === 0) {
    sayPhases(world, content, args.json)
    if (!args.list) world.exit(EXIT.usage)
    return
  }
  const plans = plansFor(content, { ...args, phases })
  await undoFirst(world)
  const order = await orderGate(world, content, { args, plans })
  const directory = await runAll(order, world)
  const judged = await writeReports(directory, world.root)
  tellGate(world, judged, args.json)
  world.tell(`report: ${directory.path}/report.html, and report.md beside it`)
  annotate(world, judged)
  world.exit(world.signal.aborted ? EXIT.interrupted : exitOf(judged))
}

/** For people the criteria, for machines the judgement of the run as well. */
export function tellGate(world: CommandWorld, { record, judgement, gates }: Judged, json: boolean): void {
  world.print(json ? JSON.stringify({ ...judgement, ...overallOf(judgement, gates), gates }, null, 2) : renderGates(record, gates, { colour: world.colour }))
}

/** Where nothing could be looked at, it was not the system that fell short. */
export function exitOf({ record, judgement, gates }: Judged): number {
  const began = record.entries.some(({ type }) => type === 'drill-opened' || type === 'gate-look')
  return !began && record.failures.length > 0 ? EXIT.environment : exitCodeOf(overallOf(judgement, gates).verdict)
}
