// The factor falls with the load above the threshold, returns in steps, and moves only when it is looked at.
import { expect, it } from 'vitest'
import { createAdaptive } from './adaptive.ts'

const RULES = { threshold: 0.8, every: 10_000 }

it('falls with the load above the threshold and returns in steps of a tenth', () => {
  let load = 1
  const factor = createAdaptive(RULES, () => load)
  expect(factor(10_000)).toBeCloseTo(0.8)
  load = 0.8
  expect([20_000, 30_000, 40_000].map(factor)).toEqual([0.9, 1, 1].map((value) => expect.closeTo(value) as number))
})

it('is never less than a tenth', () => {
  expect(createAdaptive({ threshold: 0.8, every: 1 }, () => 9)(1)).toBe(0.1)
})

it('is looked at no more often than agreed', () => {
  let looks = 0
  const factor = createAdaptive(RULES, () => (looks += 1))
  for (let now = 0; now < 30_000; now += 1000) factor(now)
  expect(looks).toBe(2)
})
