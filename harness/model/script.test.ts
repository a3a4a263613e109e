// What a program says of itself: the newest word counts, of the program that was started last.
import { expect, test } from 'vitest'
import { hasSpoken, readScriptLog } from './script.ts'

const STARTED = '{"started":"r:0-hold"}'
const HALF = '{"bites":"100 of 200 are held","holds":false}'
const FULL = '{"bites":"197 of 200 are held","holds":true}'
const read = (...lines: readonly string[]) => readScriptLog(`${lines.join('\n')}\n`, true)

test('silence is no proof', () => {
  expect(read(STARTED)).toEqual({ running: true, holds: false, lines: [] })
  expect(hasSpoken(read(STARTED))).toBe(false)
})

test('the newest word counts', () => {
  expect(read(STARTED, HALF, FULL)).toEqual({ running: true, bites: '197 of 200 are held', holds: true, lines: [] })
  expect(read(STARTED, FULL, HALF)).toMatchObject({ bites: '100 of 200 are held', holds: false })
  expect(read(STARTED, FULL, '{"gone":"all are closed"}')).toMatchObject({ gone: 'all are closed', holds: false })
})

test('what an earlier program said is not said of this one', () => {
  const sight = read(STARTED, FULL, 'Error: no', '{"gone":"all are closed"}', STARTED)
  expect(sight).toEqual({ running: true, holds: false, lines: [] })
  expect(hasSpoken(sight)).toBe(false)
})

test('what is no word is kept for messages, the last of it', () => {
  const errors = Array.from({ length: 20 }, (_, index) => `line ${index}`)
  expect(read(STARTED, FULL, '', ...errors, '    at open (hold.ts:3:1)', '{"holds":true}').lines).toEqual([...errors.slice(-7), '{"holds":true}'])
})

test('a line that is half written is no word yet', () => {
  expect(readScriptLog(`${STARTED}\n{"bites":"197 of`, true)).toMatchObject({ holds: false, lines: ['{"bites":"197 of'] })
})
