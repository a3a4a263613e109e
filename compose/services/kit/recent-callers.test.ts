// A caller is remembered for its time and not longer, and never without bound.
import { expect, it } from 'vitest'
import { recentCallers } from './recent-callers.ts'

const caller = { userId: 'u', role: 'guest' }

it('remembers for its time', () => {
  let now = 0
  const recent = recentCallers(1000, () => now)
  expect(recent.find('a')).toBeUndefined()
  recent.remember('a', caller)
  now = 999
  expect(recent.find('a')).toBe(caller)
  now = 1000
  expect(recent.find('a')).toBeUndefined()
})

it('remembers nothing with a life of 0', () => {
  const recent = recentCallers(0)
  recent.remember('a', caller)
  expect(recent.find('a')).toBeUndefined()
})

it('forgets the oldest when it is full', () => {
  const recent = recentCallers(1000)
  for (let n = 0; n <= 10_000; n += 1) recent.remember(String(n), caller)
  expect([recent.find('0'), recent.find('1'), recent.find('10000')]).toEqual([undefined, caller, caller])
})
