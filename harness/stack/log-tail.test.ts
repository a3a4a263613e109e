// The end of a log, whatever its length.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { tailOf } from './log-tail.ts'

const directory = mkdtempSync(join(tmpdir(), 'log-tail-'))
afterAll(() => rmSync(directory, { recursive: true }))

function logOf(text: string): string {
  const file = join(directory, 'a.log')
  writeFileSync(file, text)
  return file
}

test('the newest whole lines, the oldest of them first', async () => {
  expect(await tailOf(logOf('one\ntwo\n\nthree\nfo'), 2)).toEqual(['two', 'three'])
})

test('of a long log no line is cut', async () => {
  const lines = Array.from({ length: 100_000 }, (_, index) => `line ${index} ${'x'.repeat(20)}`)
  const tail = await tailOf(logOf(`${lines.join('\n')}\n`), 1_000_000)
  expect(tail.length).toBeLessThan(lines.length)
  expect(tail).toEqual(lines.slice(-tail.length))
})

test('nothing of a log that is not there', async () => {
  expect(await tailOf(join(directory, 'none.log'), 5)).toEqual([])
})
