// The command line as a user meets it: Ctrl-C in mid-fault, and bad content.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../time/clock.ts'
import { poll } from '../time/poll.ts'
import { listRuns } from './run-directory.ts'
import { ownerOf } from './run-lock.ts'
import type { RunningStack } from './running-stacks.ts'
import { cli, startCli } from './testing/cli.ts'
import type { Cli } from './testing/cli.ts'
import { ROOT, SABOTAGE, rigOn, startStack, stopStack, suite } from './testing/live-runs.ts'

const files = SABOTAGE.flatMap((file) => ['-f', file])

/** Directory of the run that a process drives. */
function runOf({ pid }: Cli): string {
  return listRuns(ROOT).findLast(({ path }) => ownerOf(path)?.pid === pid)?.path ?? ''
}

function journalOf(path: string): string {
  const file = join(path, 'journal.jsonl')
  return path !== '' && existsSync(file) ? readFileSync(file, 'utf8') : ''
}

let stack: RunningStack
suite('the command line', () => {
  beforeAll(async () => {
    stack = await startStack()
  })
  afterAll(() => stopStack(stack))

  test('Ctrl-C in mid-fault undoes, reports and exits with 130, all within ten seconds', async () => {
    const harness = startCli(['drill', 'control', '--on', stack.directory.run, ...files])
    let path = ''
    await poll({ clock: systemClock, within: 60_000, every: 20, what: 'the fault to be proved' }, async () => {
      path = runOf(harness)
      return journalOf(path).includes('"type":"fault-proved"')
    })
    const pressed = Date.now()
    process.kill(harness.pid, 'SIGINT')
    const { code, out } = await harness.ended
    expect({ code, quick: Date.now() - pressed < 10_000 }).toEqual({ code: 130, quick: true })
    expect(out).toMatch(/interrupted/)
    expect(readFileSync(join(path, 'report.md'), 'utf8')).toMatch(/interrupted/i)
    const answer = await fetch(`${(await rigOn(stack)).observer('toxiproxy')}/proxies`)
    const proxies = Object.values((await answer.json()) as Record<string, { enabled: boolean; toxics: unknown[] }>)
    expect(proxies.filter(({ enabled, toxics }) => !enabled || toxics.length > 0)).toEqual([])
  })

  test('a drill with five mistakes gives five problems with line and remedy, exit 2, and starts nothing', async () => {
    const before = listRuns(ROOT).length
    const { code, err } = await cli('drill', 'harness/run/testing/five-mistakes.yaml', ...files)
    const problems = err.split('\n').filter((line) => line.includes('five-mistakes.yaml:'))
    expect(code).toBe(2)
    expect(problems.map((line) => Number(/yaml:(\d+)/.exec(line)?.[1]))).toEqual([2, 3, 6, 8, 10])
    expect(problems.every((line) => line.includes('Fix: '))).toBe(true)
    expect(listRuns(ROOT)).toHaveLength(before)
  })
})
