// harness compare: what changed between two runs, and whether anything got worse beyond noise.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { CommandModule } from 'yargs'
import { compareRuns } from '../checks/compare-runs.ts'
import { EXIT } from '../errors.ts'
import { isComparable, isWorse } from '../model/comparison.ts'
import type { Comparison } from '../model/comparison.ts'
import { comparisonForConsole } from '../render/comparison.ts'
import { renderComparison } from '../render/html/comparison-page.ts'
import { jsonOption } from './command-world.ts'
import type { CommandWorld } from './command-world.ts'
import { findPast, readPast } from './past-runs.ts'

export function compareCommand(world: CommandWorld): CommandModule<object, { before: string; after: string; json: boolean; html: string | undefined }> {
  return {
    command: 'compare [before] [after]',
    describe: 'say what changed between two runs; ends with 1 when something got worse beyond noise, with 3 when they have neither a drill nor a phase in common',
    builder: (yargs) =>
      yargs
        .positional('before', { type: 'string', default: 'previous', describe: 'the earlier run: its id, the beginning of it, its directory, its file under reports/history, latest or previous' })
        .positional('after', { type: 'string', default: 'latest', describe: 'the later run, named in the same ways' })
        .option('html', { type: 'string', describe: 'write it to this file as well, as a page for people; reports/compare.html when no file is named' })
        .options(jsonOption)
        .example('$0 compare', 'the newest run against the one before it')
        .example('$0 compare 20261120 latest', 'against the run of yesterday')
        .example('$0 compare reports/history/20261120-020000-3fa9c1.json latest --json', 'against what was kept of it'),
    handler: async ({ before, after, json, html }) => {
      const comparison = compareRuns(await readPast(findPast(world.root, before)), await readPast(findPast(world.root, after)))
      world.print(json ? JSON.stringify({ ...comparison, worse: isWorse(comparison) }, null, 2) : comparisonForConsole(comparison, { colour: world.colour }))
      if (html !== undefined) world.tell(`page: ${writePage(world.root, html, comparison)}`)
      world.exit(exitOf(comparison))
    },
  }
}

function writePage(root: string, file: string, comparison: Comparison): string {
  const path = file === '' ? join(root, 'reports', 'compare.html') : resolve(file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, renderComparison(comparison))
  return path
}

function exitOf(comparison: Comparison): number {
  if (!isComparable(comparison)) return EXIT.inconclusive
  return isWorse(comparison) ? EXIT.notReady : EXIT.ready
}
