// Work that is done abreast is all done, and never more of it at once than is said.
import { expect, test } from 'vitest'
import { systemClock } from '../../../harness/time/clock.ts'

test.each([
  ['numbers', [1, 2, 3, 4, 5, 6, 7]],
  ['nothing that could be told from an end', Array.from({ length: 7 })],
])('of %s', async (_, of) => {
  // It reads at once where the front door is.
  process.env.HARNESS_BASE_URL = 'http://127.0.0.1:1'
  const { abreast } = await import('./samples.ts')
  const done: unknown[] = []
  let now = 0
  let most = 0
  await abreast(of, async (one) => {
    most = Math.max(most, ++now)
    await systemClock.sleep(5)
    now -= 1
    done.push(one)
  }, 3)
  expect(done).toEqual(of)
  expect(most).toBe(3)
})
