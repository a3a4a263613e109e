// harness alerts coverage: which rules recorded runs have proven, and which faults nobody would have been told of. Quality has a file of its own.
import type { Argv, CommandModule } from 'yargs'
import { coverageOf } from '../checks/alert-coverage.ts'
import { EXIT } from '../errors.ts'
import { LEVELS, rulesBelow } from '../model/alert-coverage.ts'
import type { AlertCoverage, Level } from '../model/alert-coverage.ts'
import { alertCoverageForConsole } from '../render/alert-coverage.ts'
import { qualityCommand } from './alerts-quality.ts'
import { fileOption, jsonOption } from './command-world.ts'
import type { CommandWorld } from './command-world.ts'
import { contentOrExit, showProblems } from './content.ts'
import { seenInRuns } from './seen-in-runs.ts'
import { besideOf, todayOf } from './todays-rules.ts'

export interface CoverageArguments {
  runs?: string[]
  level?: Level
  file: string[]
  json: boolean
}

export function alertsCommand(world: CommandWorld): CommandModule {
  return {
    command: 'alerts',
    describe: 'say what recorded runs show of the alert rules',
    builder: (yargs: Argv) => yargs.command(coverageCommand(world)).command(qualityCommand(world)).demandCommand(1, 'say what about alerts: coverage or quality'),
    handler: () => undefined,
  }
}

export function coverageCommand(world: CommandWorld): CommandModule<object, CoverageArguments> {
  return {
    command: 'coverage',
    describe: 'rule by rule: proven, fired, unit-tested only, silent, unloaded or exempt; fault by fault: alerts or a blind spot',
    builder: (yargs) =>
      yargs
        .option('runs', { type: 'string', array: true, describe: 'run ids, their beginnings, directories, or latest; all of reports/runs when left out' })
        .option('level', { choices: LEVELS, describe: 'end with 1 when some rule is below this' })
        .options({ ...fileOption, ...jsonOption })
        .example('$0 alerts coverage', 'what all runs show together')
        .example('$0 alerts coverage --runs latest --level proven', 'a gate: did the last run prove every rule?') as never,
    handler: (args) => runCommand(args, world),
  }
}

async function runCommand({ runs, level, file, json }: CoverageArguments, world: CommandWorld): Promise<void> {
  const content = await contentOrExit(world, file)
  if (content === undefined) return
  const today = todayOf(content, file)
  const { problems, ...beside } = besideOf(content, today, world.clock.now())
  if (problems.length > 0) {
    showProblems(world, problems)
    return world.exit(EXIT.usage)
  }
  const coverage = coverageOf(await seenInRuns(world, today, runs), beside)
  world.print(json ? JSON.stringify({ ...coverage, ...gateOf(coverage, level) }, null, 2) : alertCoverageForConsole(coverage, { colour: world.colour }))
  if (level !== undefined) demand(coverage, level, world)
}

/** For machines: what the gate asked, and who does not come up to it. */
function gateOf(coverage: AlertCoverage, level: Level | undefined) {
  return level === undefined ? {} : { level, below: rulesBelow(coverage, level).map(({ alert }) => alert) }
}

function demand(coverage: AlertCoverage, level: Level, world: CommandWorld): void {
  const below = rulesBelow(coverage, level)
  const names = below.map(({ alert, state }) => `${alert} (${state})`).join(', ')
  world.tell(below.length === 0 ? `every rule is ${level}, or exempt` : `${below.length} of ${coverage.rules.length} rules are not ${level}: ${names}`)
  world.exit(below.length === 0 ? EXIT.ready : EXIT.notReady)
}
