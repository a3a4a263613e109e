// A load is asked to end before it is made to, and what is gone is left alone.
import { expect, test } from 'vitest'
import { fakeClock } from '../time/clock.ts'
import { endK6 } from './end-k6.ts'
import type { Exit, RunningK6 } from '../model/k6.ts'

const ASKED: Exit = { code: 105, signal: null }
const KILLED: Exit = { code: null, signal: 'SIGKILL' }

/** A k6 that obeys these signals; `heard` is all that was done to it. */
function k6That(...obeys: readonly string[]): RunningK6 & { readonly heard: string[]; leave(exit: Exit): void } {
  const ending = Promise.withResolvers<Exit>()
  const heard: string[] = []
  return {
    id: '1',
    heard,
    exited: ending.promise,
    leave: ending.resolve,
    kill: async (signal) => {
      heard.push(signal)
      if (obeys.includes(signal)) ending.resolve(signal === 'SIGINT' ? ASKED : KILLED)
    },
    remove: async () => void heard.push('removed'),
  }
}

test('one that obeys ends by itself, and is removed after that', async () => {
  const k6 = k6That('SIGINT')
  expect(await endK6(k6, fakeClock())).toEqual(ASKED)
  expect(k6.heard).toEqual(['SIGINT', 'removed'])
})

test('one that does not is killed once it had its time, and the exit says so', async () => {
  const [k6, clock] = [k6That('SIGKILL'), fakeClock()]
  expect(await endK6(k6, clock)).toEqual(KILLED)
  expect(k6.heard).toEqual(['SIGINT', 'SIGKILL', 'removed'])
  expect(clock.now()).toBeGreaterThanOrEqual(20_000)
})

test('one that is gone gets no signal', async () => {
  const k6 = k6That()
  k6.leave({ code: 108, signal: null })
  expect(await endK6(k6, fakeClock())).toEqual({ code: 108, signal: null })
  expect(k6.heard).toEqual(['removed'])
})

test('one that even a kill does not end is named', async () => {
  await expect(endK6(k6That(), fakeClock())).rejects.toMatchObject({ code: 'DEADLINE', message: expect.stringContaining('after SIGKILL') })
})
