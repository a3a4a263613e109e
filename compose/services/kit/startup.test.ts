// Start-up: patience with a database that is away, none with one that says no.
import { expect, it } from 'vitest'
import { DatabaseUnavailable } from './pool.ts'
import { whenDatabaseIsThere } from './startup.ts'

function patience(timeout: number) {
  const waited: string[] = []
  return { waited, timeout, stopping: () => false, waiting: (message: string) => void waited.push(message) }
}

it('tries again while the database is away', async () => {
  const with_ = patience(5000)
  let tries = 0
  await whenDatabaseIsThere(async () => {
    tries += 1
    if (tries < 2) throw new DatabaseUnavailable('away')
  }, with_)
  expect(with_.waited).toEqual(['away'])
})

it('gives up after its time and says why', async () => {
  const away = whenDatabaseIsThere(() => Promise.reject(new DatabaseUnavailable('away')), patience(100))
  await expect(away).rejects.toThrow('the database was not usable for 100 ms: away')
})

it.each([
  ['a wrong password', new DatabaseUnavailable('no', Object.assign(new Error('no'), { code: '28P01' }))],
  ['a fault of ours', new TypeError('no')],
])('does not wait for %s to get better', async (_what, error) => {
  const with_ = patience(5000)
  await expect(whenDatabaseIsThere(() => Promise.reject(error), with_)).rejects.toBe(error)
  expect(with_.waited).toEqual([])
})
