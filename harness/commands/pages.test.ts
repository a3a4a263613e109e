// The pages that are asked for by hand: all runs, and two of them held against each other; where they land, and what is said of it.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import yargs from 'yargs'
import type { CommandModule } from 'yargs'
import { firedIn, historyOfRun } from '../checks/testing/histories.ts'
import { writeHistory } from '../run/history-files.ts'
import { systemClock } from '../time/clock.ts'
import type { CommandWorld } from './command-world.ts'
import { compareCommand } from './compare.ts'
import { reportCommand } from './report.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pages-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  writeHistory(root, historyOfRun([firedIn(20)], { run: '20260101-120000-aaaaaa' }))
  writeHistory(root, historyOfRun([firedIn(200)], { run: '20260102-120000-bbbbbb' }))
})

async function said(words: readonly string[]) {
  const heard = { lines: [] as string[], exit: -1 }
  const keep = (line: string) => void heard.lines.push(line)
  const world: CommandWorld = { root, clock: systemClock, env: {}, signal: new AbortController().signal, isTerminal: false, colour: false, print: keep, overwrite: () => undefined, tell: keep, exit: (code) => void (heard.exit = code), onLeft: () => undefined }
  const parser = yargs([...words]).exitProcess(false).strict()
  for (const command of [reportCommand(world), compareCommand(world)]) parser.command(command as CommandModule)
  await parser.parseAsync()
  return heard
}

test('report --index judges nothing, and needs no journal', async () => {
  const page = join(root, 'reports/index.html')
  expect(await said(['report', '--index'])).toEqual({ lines: [`all runs: ${page}`], exit: 0 })
  expect(readFileSync(page, 'utf8')).toContain('20260102-120000-bbbbbb')
  expect((await said(['report', '--index', '--open'])).lines[0]).toMatch(/there is no desktop to open it on$/)
})

test('compare --html writes the page beside what it says, where it is told to, or to a place of its own', async () => {
  const named = join(root, 'deep/down/page.html')
  const heard = await said(['compare', '--html', named])
  expect([heard.exit, heard.lines.at(-1)]).toEqual([1, `page: ${named}`])
  expect(readFileSync(named, 'utf8')).toMatch(/<h1[^>]*>Worse/)
  expect((await said(['compare', 'previous', 'latest', '--html'])).lines.at(-1)).toBe(`page: ${join(root, 'reports/compare.html')}`)
  expect(existsSync(join(root, 'reports/compare.html'))).toBe(true)
  expect((await said(['compare'])).lines.join()).not.toContain('page:')
})
