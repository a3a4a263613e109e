// Side by side, but never more than two; and every outcome is kept.
import { expect, test } from 'vitest'
import { twoAtATime } from './two-at-a-time.ts'

test('two of five are worked on at once, outcomes come in order, and one that fails stops no other', async () => {
  let working = 0
  let most = 0
  const results = await twoAtATime([5, 1, 3, 2, 4], async (turns, index) => {
    working += 1
    most = Math.max(most, working)
    for (let turn = 0; turn < turns; turn++) await Promise.resolve()
    working -= 1
    if (index === 1) throw new Error('no')
    return turns * 10
  })
  expect(most).toBe(2)
  expect(results.map((result) => (result.status === 'fulfilled' ? result.value : (result.reason as Error).message))).toEqual([50, 'no', 30, 20, 40])
})

test('nothing to do', async () => {
  expect(await twoAtATime([], async () => 1)).toEqual([])
})
