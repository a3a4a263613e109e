// Background rounds: prompt after waking, seldom when quiet, later and later while failing, none after stop.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createRounds } from './rounds.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function started(results: readonly (boolean | Error)[] = []) {
  const at: number[] = []
  const failures: string[] = []
  const begun = Date.now()
  const work = async (): Promise<boolean> => {
    const result = results[at.length] ?? false
    at.push(Date.now() - begun)
    if (result instanceof Error) throw result
    return result
  }
  const rounds = createRounds({ work, failed: ({ message }) => void failures.push(message) })
  rounds.start()
  return { at, failures, rounds }
}

it('falls quiet, and a wake brings it back at once', async () => {
  const { at, rounds } = started()
  await vi.advanceTimersByTimeAsync(1000)
  expect(at).toEqual([0, 50, 550])
  rounds.wake()
  await vi.advanceTimersByTimeAsync(1000)
  expect(at).toEqual([0, 50, 550, 1050, 1100, 1600])
})

it('goes on at once while there is more', async () => {
  const { at } = started([true, true, false])
  await vi.advanceTimersByTimeAsync(10)
  expect(at).toHaveLength(3)
})

it('waits longer after each failure, whoever wakes it', async () => {
  const { at, failures, rounds } = started([new Error('a'), new Error('b'), new Error('c'), false])
  for (let ms = 0; ms < 2000; ms += 10) {
    await vi.advanceTimersByTimeAsync(10)
    rounds.wake()
  }
  expect(at.slice(0, 4)).toEqual([0, 250, 750, 1750])
  expect(failures).toEqual(['a', 'b', 'c'])
})

it('ends with the round in flight', async () => {
  const { at, rounds } = started()
  await vi.advanceTimersByTimeAsync(10)
  await rounds.stop()
  rounds.wake()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(at).toEqual([0])
})
