// harness report: judges a recorded run again and writes its reports, with nothing running.
import type { CommandModule } from 'yargs'
import { exitCodeOf } from '../model/verdict.ts'
import { renderConsole } from '../render/console.ts'
import { findRun } from '../run/run-directory.ts'
import { jsonOption } from './command-world.ts'
import type { CommandWorld } from './command-world.ts'
import { writeReports } from './write-reports.ts'

export function reportCommand(world: CommandWorld): CommandModule<object, { run: string; json: boolean }> {
  return {
    command: 'report [run]',
    describe: 'judge a recorded run again and write report.md, report.json and junit.xml beside its journal',
    builder: (yargs) =>
      yargs
        .positional('run', { type: 'string', default: 'latest', describe: 'a run id, its beginning, its directory, or latest' })
        .options(jsonOption)
        .example('$0 report', 'the newest run')
        .example('$0 report reports/sample/smoke', 'the run that is committed as an example'),
    handler: async ({ run, json }) => {
      const directory = findRun(world.root, run)
      const { record, judgement } = await writeReports(directory, world.root)
      world.print(json ? JSON.stringify(judgement, null, 2) : renderConsole(record, judgement, { colour: world.colour }))
      world.tell(`report: ${directory.path}/report.md`)
      world.exit(exitCodeOf(judgement.verdict))
    },
  }
}
