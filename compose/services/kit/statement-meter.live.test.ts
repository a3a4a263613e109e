// The time of statements is that of the database: whoever waits for a connection finds no slow statement there.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startPostgres, type TestPostgres } from '../testing/postgres.ts'
import { openDatabase, type Database } from './database.ts'
import { createMetrics, type Metrics } from './metrics.ts'

let postgres: TestPostgres
let metrics: Metrics
let database: Database

beforeAll(async () => {
  postgres = await startPostgres('127.65.77.1')
  metrics = createMetrics('sample')
  const waits = { acquireTimeout: 5000, connectTimeout: 2000, queryTimeout: 600, startTimeout: 5000 }
  const settings = { databaseUrl: postgres.url('sample'), poolSize: 1, ...waits }
  database = openDatabase(settings, { metrics, warn: () => undefined })
}, 30_000)

afterAll(async () => {
  await database?.stop()
  await postgres?.remove()
})

/** How many statements have taken at most so many seconds. */
async function within(le: string): Promise<number> {
  const wanted = `database_query_duration_seconds_bucket{le="${le}",service="sample"} `
  const line = (await metrics.registry.metrics()).split('\n').find((one) => one.startsWith(wanted))
  return Number(line?.slice(wanted.length))
}

it('is there before the first statement', async () => {
  expect(await within('+Inf')).toBe(0)
})

it('counts neither the wait for a connection nor the making of one', async () => {
  await Promise.all([database.query('select pg_sleep(0.3)'), database.query('select 1'), database.query('select 2')])
  expect([await within('0.25'), await within('0.5')]).toEqual([2, 3])
})

it('counts what was given up, and each statement of a transaction', async () => {
  await expect(database.query('select pg_sleep(5)')).rejects.toThrow('statement timeout')
  expect([await within('0.5'), await within('1')]).toEqual([3, 4])
  await database.transaction((query) => query('select 1'))
  expect(await within('+Inf')).toBe(7)
})
