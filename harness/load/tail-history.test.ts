// The tail decides whether load has reached its floor: it must see whole lines only, and forget what is past.
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readHistory } from './read-history.ts'
import { tailHistory } from './tail-history.ts'

const T = 1_795_000_000_000
let directory = ''

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'history-'))
})
afterAll(() => rmSync(directory, { recursive: true }))

const begun = (id: string, t: number) => `${JSON.stringify({ t, type: 'invoked', op: 'a', id })}\n`
const done = (id: string, t: number, good = true) =>
  `${JSON.stringify({ t, type: good ? 'acknowledged' : 'unknown', op: 'a', id, good, ms: 1 })}\n`

test('a history that is not there yet is a load that has not begun', async () => {
  const tail = tailHistory(join(directory, 'absent.jsonl'))
  expect(await tail.read(T)).toEqual({ perSecond: 0, goodRatio: undefined, invoked: 0, pending: 0 })
})

test('follows what is appended, and drops what leaves the window', async () => {
  const file = join(directory, 'grows.jsonl')
  const tail = tailHistory(file, 2_000)
  for (let i = 0; i < 20; i++) appendFileSync(file, begun(`${i}`, T + i * 100) + done(`${i}`, T + i * 100 + 5, i < 10))
  expect(await tail.read(T + 2_000)).toEqual({ perSecond: 9.5, goodRatio: 0.5, invoked: 20, pending: 0 })
  appendFileSync(file, begun('x', T + 3_000))
  expect(await tail.read(T + 3_500)).toEqual({ perSecond: 2.5, goodRatio: 0, invoked: 21, pending: 1 })
  expect(await tail.read(T + 60_000)).toEqual({ perSecond: 0, goodRatio: undefined, invoked: 21, pending: 1 })
})

test('a load that is younger than the window is not diluted by it', async () => {
  const file = join(directory, 'young.jsonl')
  for (let i = 0; i < 40; i++) appendFileSync(file, begun(`${i}`, T + i * 50))
  expect((await tailHistory(file).read(T + 2_000)).perSecond).toBe(20)
})

test('half a line is left for the next look', async () => {
  const file = join(directory, 'torn.jsonl')
  const tail = tailHistory(file)
  const line = begun('ä', T)
  const bytes = Buffer.from(line)
  appendFileSync(file, bytes.subarray(0, bytes.length - 4))
  expect((await tail.read(T + 100)).invoked).toBe(0)
  appendFileSync(file, bytes.subarray(bytes.length - 4))
  expect((await tail.read(T + 200)).invoked).toBe(1)
})

test('the whole file folds like its lines, torn end included', async () => {
  const file = join(directory, 'whole.jsonl')
  appendFileSync(file, `${begun('1', T)}${done('1', T + 5)}${begun('2', T).slice(0, 9)}`)
  const ops = { a: { invoked: 1, good: 1 } }
  expect(await readHistory(file)).toMatchObject({ lines: 3, unreadable: 1, torn: true, ops })
})

test('a history that can not be read is an error, not an empty load', async () => {
  await expect(readHistory(join(directory, 'absent.jsonl'))).rejects.toThrow('ENOENT')
})
