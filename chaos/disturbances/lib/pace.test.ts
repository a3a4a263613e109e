// So many a second, never too many at once, and only what was answered in the last second counts.
import { expect, test } from 'vitest'
import { systemClock } from '../../../harness/time/clock.ts'
import { counted, keepPace } from './pace.ts'

test('answers are counted by status', () => {
  expect([...counted([401, 429, 401])]).toEqual([[401, 2], [429, 1]])
})

test('the pace is kept, and what fails counts as no answer', async () => {
  const pace = keepPace({ perSecond: 100, mostAtOnce: 50, send: async (n) => (n % 2 ? 401 : Promise.reject(new Error('no'))) })
  await systemClock.sleep(1_200)
  await pace.stop()
  const last = pace.last()
  expect(last.get(401)).toBeGreaterThan(35)
  expect(last.get(0)).toBeGreaterThan(35)
  expect((last.get(401) ?? 0) + (last.get(0) ?? 0)).toBeLessThan(115)
})

test('turns that find no room are given up', async () => {
  let most = 0
  let now = 0
  const send = async () => {
    most = Math.max(most, ++now)
    await systemClock.sleep(300)
    now -= 1
    return 200
  }
  const pace = keepPace({ perSecond: 200, mostAtOnce: 5, send })
  await systemClock.sleep(1_000)
  await pace.stop()
  expect(most).toBe(5)
  expect(now).toBe(0)
  expect(pace.last().get(200)).toBeLessThanOrEqual(20)
})
