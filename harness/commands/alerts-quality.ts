// harness alerts quality: how good each alert rule was over all drills on record.
import type { CommandModule } from 'yargs'
import { qualityOf } from '../checks/rule-quality.ts'
import { ruleQualityForConsole } from '../render/rule-quality.ts'
import { fileOption, jsonOption } from './command-world.ts'
import type { CommandWorld } from './command-world.ts'
import { contentOrExit } from './content.ts'
import { readPasts } from './past-runs.ts'
import { todayOf } from './todays-rules.ts'

export interface QualityArguments {
  runs?: string[]
  anyRules: boolean
  file: string[]
  json: boolean
}

export function qualityCommand(world: CommandWorld): CommandModule<object, QualityArguments> {
  return {
    command: 'quality',
    describe: 'rule by rule: recall, precision, times against their budgets, flapping, quiet windows',
    builder: (yargs) =>
      yargs
        .option('runs', { type: 'string', array: true, describe: 'run ids, their beginnings, directories, latest or previous; all of reports/runs and reports/history when left out' })
        .option('any-rules', { type: 'boolean', default: false, describe: 'count runs that had other rules than those of today, too' })
        .options({ ...fileOption, ...jsonOption })
        .example('$0 alerts quality', 'what all runs show together')
        .example('$0 alerts quality --runs latest --json', 'one run with --repeat, for machines')
        .example('$0 alerts quality --any-rules', 'older versions of the rules included') as never,
    handler: (args) => runCommand(args, world),
  }
}

async function runCommand({ runs: names, anyRules, file, json }: QualityArguments, world: CommandWorld): Promise<void> {
  const content = await contentOrExit(world, file)
  if (content === undefined) return
  const { runs, unread } = await readPasts(world, names)
  const quality = qualityOf(runs, { rules: todayOf(content, file).rules, anyRules, unread })
  world.print(json ? JSON.stringify(quality, null, 2) : ruleQualityForConsole(quality, { colour: world.colour }))
}
