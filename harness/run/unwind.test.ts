// Whatever ends a run, everything it started is released, newest first.
import { expect, test } from 'vitest'
import type { Happening } from '../model/entry.ts'
import { systemClock } from '../time/clock.ts'
import { Unwind } from './unwind.ts'

function unwinding() {
  const entries: Happening[] = []
  const order: string[] = []
  const unwind = new Unwind(systemClock, (entry) => void entries.push(entry))
  const register = (what: string, work: () => Promise<void> = async () => undefined) =>
    unwind.register({
      what,
      within: 50,
      release: async () => {
        order.push(what)
        await work()
      },
    })
  return { unwind, register, entries, order }
}

test('releases newest first and journals each', async () => {
  const { unwind, register, entries, order } = unwinding()
  register('stack')
  register('load')
  expect(unwind.left()).toEqual(['load', 'stack'])
  expect(await unwind.run()).toBe(true)
  expect(order).toEqual(['load', 'stack'])
  expect(entries.map(({ type }) => type)).toEqual(['released', 'released'])
  expect(unwind.left()).toEqual([])
})

test('a release that fails or hangs is journaled and does not stop the others', async () => {
  const { unwind, register, entries, order } = unwinding()
  register('stack')
  register('hangs', () => new Promise(() => undefined))
  register('fails', () => Promise.reject(new Error('no')))
  expect(await unwind.run()).toBe(false)
  expect(order).toEqual(['fails', 'hangs', 'stack'])
  expect(entries).toMatchObject([
    { type: 'release-failed', what: 'fails', message: 'no' },
    { type: 'release-failed', what: 'hangs', message: 'waited 0.05 s for hangs to be released' },
    { type: 'released', what: 'stack' },
  ])
})

test('what was released out of turn is not released again', async () => {
  const { unwind, register, order } = unwinding()
  const release = register('fault')
  await release()
  await release()
  await unwind.run()
  expect(order).toEqual(['fault'])
})
