// harness report: judges a recorded run again and writes its reports, with nothing running.
import type { CommandModule } from 'yargs'
import { EXIT } from '../errors.ts'
import { exitCodeOf } from '../model/verdict.ts'
import { renderConsole } from '../render/console.ts'
import { openOnDesktop } from '../run/open-file.ts'
import { findRun } from '../run/run-directory.ts'
import { jsonOption } from './command-world.ts'
import type { CommandWorld } from './command-world.ts'
import { exitOf, tellGate } from './gate.ts'
import { writeIndex } from './write-index.ts'
import { writeReports } from './write-reports.ts'

export function reportCommand(world: CommandWorld): CommandModule<object, { run: string; json: boolean; open: boolean; index: boolean }> {
  return {
    command: 'report [run]',
    describe: 'judge a recorded run again and write report.html, report.md, report.json and junit.xml beside its journal',
    builder: (yargs) =>
      yargs
        .positional('run', { type: 'string', default: 'latest', describe: 'a run id, its beginning, its directory, or latest' })
        .option('open', { type: 'boolean', default: false, describe: 'open report.html where there is a desktop' })
        .option('index', { type: 'boolean', default: false, describe: 'judge nothing: write reports/index.html anew, the page over all runs' })
        .options(jsonOption)
        .example('$0 report', 'the newest run')
        .example('$0 report --index --open', 'how verdicts and detection times went, and the way to every report')
        .example('$0 report reports/sample/smoke', 'the run that is committed as an example'),
    handler: async ({ run, json, open, index }) => {
      if (index) return showIndex(world, open)
      const directory = findRun(world.root, run)
      const judged = await writeReports(directory, world.root)
      const { record, judgement, gates } = judged
      if (gates.length > 0) tellGate(world, judged, json)
      else world.print(json ? JSON.stringify(judgement, null, 2) : renderConsole(record, judgement, { colour: world.colour }))
      const page = `${directory.path}/report.html`
      world.tell(sayReport(page, open && !(await openOnDesktop(page, world.env))))
      world.exit(gates.length > 0 ? exitOf(judged) : exitCodeOf(judgement.verdict))
    },
  }
}

async function showIndex(world: CommandWorld, open: boolean): Promise<void> {
  const page = writeIndex(world.root)
  const opened = open && (await openOnDesktop(page, world.env))
  world.print(`all runs: ${page}${open && !opened ? '; there is no desktop to open it on' : ''}`)
  world.exit(EXIT.ready)
}

function sayReport(page: string, unopened: boolean): string {
  return `report: ${page}, and report.md beside it${unopened ? '; there is no desktop to open it on' : ''}`
}
