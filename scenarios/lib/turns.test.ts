// The rate is a promise: the same number of operations begins per second whether the system answers or hangs.
import { expect, test } from 'vitest'
import { arrive, openTurns } from './turns.ts'

interface Begun {
  readonly times: readonly number[]
  /** Which step of its journey each operation was. */
  readonly steps: readonly number[]
  readonly journeys: number
}

/** Runs arrivals for `seconds` of a clock that moves only when slept on; a journey is 5 operations of `msAt` each. */
async function operationsBegun(rate: number, seconds: number, msAt: number | ((t: number) => number)): Promise<Begun> {
  const turns = openTurns()
  const times: number[] = []
  const steps: number[] = []
  const wakers: { at: number; wake: () => void }[] = []
  let now = 0
  let journeys = 0
  const journey = async (): Promise<void> => {
    journeys += 1
    for (let step = 0; step < 5; step++) {
      await turns.next()
      times.push(now)
      steps.push(step)
      const ms = typeof msAt === 'number' ? msAt : msAt(now)
      await new Promise<void>((wake) => wakers.push({ at: now + ms, wake }))
    }
  }
  const sleep = async (pause: number): Promise<void> => {
    now += pause
    for (const due of wakers.filter(({ at }) => at <= now)) {
      wakers.splice(wakers.indexOf(due), 1)
      due.wake()
    }
    // Lets every journey that woke reach its next turn.
    await new Promise((resolve) => setImmediate(resolve))
  }
  await arrive({ turns, rate, now: () => now, sleep, begin: () => void journey(), ended: () => now > seconds * 1_000 })
  return { times, steps, journeys }
}

test.each([
  ['answers at once', 5],
  ['answers late', 1_500],
  ['hangs', 1_000_000],
])('20 operations begin every second when the system %s', async (_, ms) => {
  const { times } = await operationsBegun(20, 30, ms)
  // The first turn comes after 50 ms.
  const inSecond = (second: number) => times.filter((t) => Math.floor((t - 50) / 1_000) === second).length
  const perSecond = Array.from({ length: 29 }, (__, second) => inSecond(second))
  expect(Math.min(...perSecond)).toBeGreaterThanOrEqual(19)
  expect(Math.max(...perSecond)).toBeLessThanOrEqual(21)
  expect(times.length).toBeGreaterThanOrEqual(598)
})

test('a fast system sees one journey after another, a hanging one sees a new one every turn', async () => {
  expect((await operationsBegun(20, 10, 5)).journeys).toBe(40)
  expect((await operationsBegun(20, 10, 1_000_000)).journeys).toBe(200)
})

test('after a hang all steps of the journeys are seen at once again', async () => {
  const { times, steps } = await operationsBegun(20, 15, (t) => (t < 5_000 ? 5_000 - t : 5))
  const after = steps.filter((_, index) => (times[index] ?? 0) > 6_000)
  const share = (step: number) => after.filter((seen) => seen === step).length / after.length
  for (const step of [1, 2, 3, 4]) expect(share(step)).toBeGreaterThan(0.2)
})

test('fractions of an operation per second add up', async () => {
  expect((await operationsBegun(0.5, 20, 5)).times).toHaveLength(10)
})

test('turns missed while the script was busy are given at once', async () => {
  const turns = openTurns()
  let now = 0
  let begun = 0
  const begin = (): void => {
    begun += 1
    void turns.next()
  }
  const stalls = async (pause: number): Promise<void> => {
    now += now === 0 ? 2_000 : pause
  }
  await arrive({ turns, rate: 10, now: () => now, sleep: stalls, begin, ended: () => now >= 2_500 })
  expect(begun).toBeGreaterThanOrEqual(24)
})

test('whoever asked last goes first', async () => {
  const turns = openTurns()
  const order: string[] = []
  const first = turns.next().then(() => order.push('first'))
  const second = turns.next().then(() => order.push('second'))
  expect([turns.give(), turns.give(), turns.give()]).toEqual([true, true, false])
  await Promise.all([first, second])
  expect(order).toEqual(['second', 'first'])
})
