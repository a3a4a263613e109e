// A program that is run to its end leaves nothing behind, however it ends.
import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { systemClock } from '../../time/clock.ts'
import { poll } from '../../time/poll.ts'
import { commandLine, lastLines, run } from './command.ts'

const limits = { clock: systemClock, within: 5_000 }
const shell = (script: string) => ({ file: '/bin/sh', args: ['-c', script], env: process.env })

it('gives exit code and both streams, line by line', async () => {
  const lines: string[] = []
  const onLine = (line: string) => lines.push(line)
  const output = await run(shell('echo out; echo err >&2; printf unfinished; exit 3'), { ...limits, onLine })
  expect(output.code).toBe(3)
  expect(output.text.split('\n').toSorted()).toEqual(['', 'err', 'out', 'unfinished'])
  expect(lines.toSorted()).toEqual(['err', 'out', 'unfinished'])
})

it('has no exit code when a signal ended the program', async () => {
  expect((await run(shell('kill -TERM $$'), limits)).code).toBeUndefined()
})

it('rejects with the spawn error of a program that is not there', async () => {
  await expect(run({ file: '/nowhere/tool', args: [], env: {} }, limits)).rejects.toMatchObject({ code: 'ENOENT' })
})

it.each([
  ['its deadline', { ...limits, within: 200 }, undefined],
  ['the signal', limits, new AbortController()],
])('at %s kills the program and what it started', async (_, ends, abort) => {
  let grandchild = 0
  const onLine = (line: string) => {
    grandchild = Number(line)
    abort?.abort(new Error('enough'))
  }
  const ended = run(shell('sleep 600 & echo $!; wait'), { ...ends, onLine, signal: abort?.signal })
  await expect(ended).rejects.toThrow(abort ? 'enough' : 'waited 0.2 s for /bin/sh')
  const wait = { clock: systemClock, within: 2_000, every: 10, what: 'the grandchild to end' }
  await poll(wait, async () => isGone(grandchild))
})

/** A process that nobody has reaped yet is as gone as one that is no more. */
function isGone(pid: number): boolean {
  expect(pid).toBeGreaterThan(1)
  return !existsSync(`/proc/${pid}`) || / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
}

it('quotes what a shell would split, and keeps the last lines', () => {
  expect(commandLine({ file: 'go', args: ['build', '-ldflags', '-s -w', './x'] })).toBe("go build -ldflags '-s -w' ./x")
  expect(lastLines('a\n\nb\nc\n', 2)).toBe('b\nc')
})
