// The limiter: bursts, refill, bans that grow, and clients kept apart.
import { expect, it } from 'vitest'
import { createRateLimiter } from './rate-limiter.ts'

const BAN = { after: 10, step: 300_000, max: 3_600_000 }
const LIMIT = { perMinute: 60, burst: 3 }

function taken(limiter: ReturnType<typeof createRateLimiter>, times: number, now: number): boolean[] {
  return Array.from({ length: times }, () => limiter.take('a', LIMIT, now).allowed)
}

it('allows a burst, then one per second', () => {
  const limiter = createRateLimiter(BAN)
  expect(taken(limiter, 4, 0)).toEqual([true, true, true, false])
  expect(limiter.take('a', LIMIT, 500)).toMatchObject({ allowed: false, reason: 'limit', retryAfter: 500 })
  expect(taken(limiter, 2, 1000)).toEqual([true, false])
  expect(taken(limiter, 4, 100_000)).toEqual([true, true, true, false])
})

it('tells how many calls are left', () => {
  const limiter = createRateLimiter(BAN)
  expect([1, 2, 3].map(() => limiter.take('a', LIMIT, 0).remaining)).toEqual([2, 1, 0])
})

it('keeps clients apart', () => {
  const limiter = createRateLimiter(BAN)
  taken(limiter, 5, 0)
  expect(limiter.take('b', LIMIT, 0).allowed).toBe(true)
})

it('bans from the eleventh violation on, and longer for the next', () => {
  const limiter = createRateLimiter(BAN)
  taken(limiter, 13, 0)
  expect(limiter.take('a', LIMIT, 0)).toMatchObject({ reason: 'ban', retryAfter: 300_000 })
  expect(limiter.take('a', LIMIT, 299_999).reason).toBe('ban')
  expect(taken(limiter, 3, 300_000)).toEqual([true, true, true])
  expect(limiter.take('a', LIMIT, 300_000)).toMatchObject({ reason: 'ban', retryAfter: 600_000 })
})

it('bans no longer than the greatest ban, and forgets violations after an hour', () => {
  const limiter = createRateLimiter({ after: 0, step: 5000, max: 6000 })
  expect(taken(limiter, 3, 0)).toEqual([true, true, true])
  expect(limiter.take('a', { perMinute: 0, burst: 3 }, 0).retryAfter).toBe(5000)
  expect(limiter.take('a', { perMinute: 0, burst: 3 }, 5000).retryAfter).toBe(6000)
  expect(limiter.take('a', { perMinute: 0, burst: 3 }, 3_700_000).retryAfter).toBe(5000)
})

it('forgets clients unheard of for an hour once there are many', () => {
  const limiter = createRateLimiter(BAN)
  for (let n = 0; n < 1000; n += 1) limiter.take(`early ${n}`, LIMIT, 0)
  limiter.take('late', LIMIT, 3_600_001)
  expect(limiter.size()).toBe(1)
})
