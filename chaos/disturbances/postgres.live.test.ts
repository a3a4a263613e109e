// The disturbances of PostgreSQL against a real one: what they do, that it is taken back, and that nothing stays when they die.
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { hasPostgres, livePostgres } from '../../harness/faults/testing/live-postgres.ts'
import type { LivePostgres } from '../../harness/faults/testing/live-postgres.ts'
import { systemClock } from '../../harness/time/clock.ts'
import { poll } from '../../harness/time/poll.ts'
import { killAll, runDisturbance } from './testing/run-disturbance.ts'

afterEach(killAll)

const HOST = '127.65.32.1'
const URLS = { DATABASE_URL: `postgres://harness_reader@${HOST}:5432/postgres`, OWNER_DATABASE_URL: `postgres://postgres@${HOST}:5432/postgres` }
const HOLDS = /"holds":true/

describe.skipIf(!hasPostgres())('with a real Postgres (skipped when the harness has none)', () => {
  let postgres: LivePostgres
  let owner: pg.Client

  beforeAll(async () => {
    postgres = livePostgres(HOST)
    await postgres.start()
    owner = new pg.Client(URLS.OWNER_DATABASE_URL)
    await owner.connect()
    await owner.query(`
      create schema sample;
      create table sample.samples (barcode text);
      create role harness_reader login;
      alter role harness_reader set default_transaction_read_only = on;
      grant pg_monitor to harness_reader`)
  })
  afterAll(async () => {
    await owner.end()
    await postgres.kill()
    postgres.removeData()
  })

  const count = async (where: string) => (await owner.query<{ n: number }>(`select count(*)::int as n from pg_stat_activity where ${where}`)).rows[0]?.n
  const nobody = (name: string) => poll({ clock: systemClock, within: 30_000, what: `${name} to be gone` }, async () => (await count(`application_name = '${name}'`)) === 0)

  test('connections are held until so many are in use, and closed at the end', async () => {
    const disturbance = runDisturbance('hold-connections', { share: 0.8 }, URLS)
    expect(await disturbance.says(HOLDS)).toMatch(/^80 of 100 connections are in use, 79 of them are held$/)
    expect(await count("backend_type = 'client backend'")).toBe(80)
    expect(await disturbance.end()).toBe('79 connections are closed')
    await nobody('hold-connections')
  })

  test('all of them: a new one of a user is refused, and nothing stays when it is killed', async () => {
    const disturbance = runDisturbance('hold-connections', { share: 1 }, URLS)
    expect(await disturbance.says(HOLDS)).toContain('97 of 100 connections are in use, 96 of them are held; a new one is refused')
    const late = new pg.Client(URLS.DATABASE_URL)
    await expect(late.connect()).rejects.toThrow(/remaining connection slots are reserved/)
    await disturbance.kill()
    await nobody('hold-connections')
  })

  test('a locked table makes who writes it wait, and no longer than it is said', async () => {
    const disturbance = runDisturbance('slow-queries', { how: 'lock', table: 'sample.samples', ms: 500 }, URLS)
    expect(await disturbance.says(HOLDS)).toMatch(/^a writer of sample.samples waits up to [2-9]\d\d ms$/)
    const waits: number[] = []
    for (let i = 0; i < 20; i++) {
      const began = performance.now()
      await owner.query("insert into sample.samples values ('b')")
      waits.push(performance.now() - began)
      await systemClock.sleep(50)
    }
    expect(Math.max(...waits)).toBeGreaterThan(250)
    expect(Math.max(...waits)).toBeLessThan(5_000)
    expect(await disturbance.end()).toBe('2 sessions are closed, their statements cancelled')
    await nobody('slow-queries')
  })

  test('long statements run, are cancelled at the end, and end by themselves when their client dies', async () => {
    const asked = { how: 'sleep', sessions: 3, ms: 60_000 } as const
    const polite = runDisturbance('slow-queries', asked, URLS)
    expect(await polite.says(HOLDS)).toBe('3 of 3 sessions run statements of 60000 ms')
    expect(await polite.end()).toBe('4 sessions are closed, their statements cancelled')
    await nobody('slow-queries')
    const killed = runDisturbance('slow-queries', asked, URLS)
    await killed.says(HOLDS)
    await killed.kill()
    await nobody('slow-queries')
  })

  test.each([
    ['hold-connections', { share: 7 }, 'share'],
    ['hold-connections', { shares: 0.5 }, 'shares'],
    ['slow-queries', { how: 'lock', table: 'samples; drop table x' }, 'a table with its schema'],
  ] as const)('%s with %j hurts nothing and says what is wrong', async (script, options, words) => {
    const disturbance = runDisturbance(script, options, URLS)
    expect(await disturbance.ended).toBe(2)
    expect(disturbance.sight().lines.join('\n')).toContain(words)
  })

  test('a table that is not there is said so, and nothing is left', async () => {
    const disturbance = runDisturbance('slow-queries', { table: 'sample.nothing' }, URLS)
    expect(await disturbance.ended).toBe(1)
    expect(disturbance.sight().lines.join('\n')).toContain('relation "sample.nothing" does not exist')
    await nobody('slow-queries')
  })
})
