// The breaker opens for each of its reasons, stays open as long as it must, and closes only after its trials.
import { describe, expect, it } from 'vitest'
import { createBreaker, type Breaker, type BreakerRules } from './breaker.ts'

const RULES: BreakerRules = {
  consecutiveFailures: 5,
  window: 100,
  minimumCalls: 50,
  failureRate: 0.5,
  slowRate: 0.5,
  slowCall: 5000,
  open: 60_000,
  trials: 3,
}

function calls(breaker: Breaker, outcomes: string, now = 0): void {
  for (const outcome of outcomes) {
    breaker.enter(now)?.done(outcome === 'x', now + (outcome === 's' ? 5001 : 10))
  }
}

function opened(): Breaker {
  const breaker = createBreaker(RULES)
  calls(breaker, 'xxxxx')
  return breaker
}

describe('it opens', () => {
  it.each([
    ['at five failures in a row', 'xxxxx', 'open'],
    ['not at four', 'xxxx', 'closed'],
    ['not when a success comes between', 'xxxx.x', 'closed'],
    ['above half failures of fifty calls', 'xx.'.repeat(17), 'open'],
    ['not at half failures', '.x'.repeat(50), 'closed'],
    ['not on rates of fewer than fifty calls', 'xx.'.repeat(16), 'closed'],
    ['above half slow calls', 'ss.'.repeat(17), 'open'],
    ['not at half slow calls', '.s'.repeat(50), 'closed'],
    ['on the latest hundred calls, whatever was before', '.'.repeat(200) + 'xxxx.'.repeat(13), 'open'],
  ])('%s', (_when, outcomes, state) => {
    const breaker = createBreaker(RULES)
    calls(breaker, outcomes)
    expect(breaker.state(5002)).toBe(state)
  })
})

describe('once open', () => {
  it('lets nothing through for 60 s, then three trials', () => {
    const breaker = opened()
    expect(breaker.enter(60_009)).toBeUndefined()
    expect(breaker.retryAfter(30_010)).toBe(30_000)
    const permits = [1, 2, 3, 4].map(() => breaker.enter(60_010))
    expect(permits.map((permit) => permit !== undefined)).toEqual([true, true, true, false])
  })

  it('closes after three successes', () => {
    const breaker = opened()
    calls(breaker, '..', 60_010)
    expect(breaker.state(60_020)).toBe('half-open')
    calls(breaker, '.', 60_020)
    expect(breaker.state(60_030)).toBe('closed')
  })

  it('opens again at any failed trial', () => {
    const breaker = opened()
    calls(breaker, '..x', 60_010)
    expect(breaker.state(60_020)).toBe('open')
    expect(breaker.retryAfter(60_020)).toBe(60_000)
  })

  it('stays open longer the longer it fails: doubled from ten failures, at most tenfold', () => {
    const breaker = opened()
    const waits: number[] = []
    let now = 0
    for (let n = 0; n < 40; n += 1) {
      now += breaker.retryAfter(now)
      calls(breaker, 'x', now)
      now += 10
      waits.push(breaker.retryAfter(now) / 60_000)
    }
    expect([waits[0], waits[3], waits[4], waits[14], waits[24], waits[34], waits[39]]).toEqual([1, 1, 2, 4, 8, 10, 10])
  })

  it('does not count calls that began before it opened', () => {
    const breaker = createBreaker(RULES)
    const early = breaker.enter(0)
    calls(breaker, 'xxxxx')
    early?.done(true, 60_020)
    expect(breaker.state(60_020)).toBe('half-open')
  })
})
