// The store probe against a real Postgres: counts, deadlines, permissions, and a database that goes away or freezes.
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasPostgres, livePostgres, type LivePostgres } from '../faults/testing/live-postgres.ts'
import type { WriteOutcome } from './store-tally.ts'
import { probeStore, type StoreQuery } from './store.ts'
import { contextAt } from './testing/fake-rig.ts'

const HOST = '127.65.12.1'
const READER = `postgresql://harness_reader:s3cret%21@${HOST}:5432/postgres`
const QUERY = 'select barcode as key from samples where barcode = any($1::text[])'
const context = contextAt('')
const hurried = contextAt('', { hurried: true })

function asked(writes: Readonly<Record<string, WriteOutcome>>, spec: Partial<StoreQuery['spec']> = {}): StoreQuery {
  return { scenario: 's', store: 'samples', spec: { service: 'postgres', url: READER, query: QUERY, ...spec }, writes: new Map(Object.entries(writes)) }
}

describe.skipIf(!hasPostgres())('with a real Postgres', () => {
  let postgres: LivePostgres

  beforeAll(async () => {
    postgres = livePostgres(HOST)
    await postgres.start()
    const owner = new pg.Client({ host: HOST, user: 'postgres', database: 'postgres' })
    await owner.connect()
    await owner.query(`
      create table samples (barcode text);
      insert into samples values ('once'), ('twice'), ('twice'), ('refused'), ('somebody else''s');
      insert into samples select 'many-' || n from generate_series(1, 5000) n;
      create role harness_reader login password 's3cret!';
      grant select on samples to harness_reader`)
    await owner.end()
  })

  afterAll(async () => {
    await postgres.kill()
    postgres.removeData()
  })

  test('rows are counted per key', async () => {
    const writes = { once: 'acknowledged', twice: 'acknowledged', lost: 'acknowledged', refused: 'failed', gone: 'unknown' } as const
    expect(await probeStore(context, asked(writes))).toEqual({
      probe: 'store',
      covered: true,
      value: {
        scenario: 's',
        store: 'samples',
        tally: [
          { outcome: 'acknowledged', rows: 1, keys: 1, examples: [] },
          { outcome: 'acknowledged', rows: 'more', keys: 1, examples: ['twice'] },
          { outcome: 'acknowledged', rows: 0, keys: 1, examples: ['lost'] },
          { outcome: 'failed', rows: 1, keys: 1, examples: ['refused'] },
          { outcome: 'unknown', rows: 0, keys: 1, examples: [] },
        ],
      },
    })
  })

  test('more keys than one statement takes are all counted', async () => {
    const writes = Object.fromEntries(Array.from({ length: 5_003 }, (_, index) => [`many-${index}`, 'acknowledged' as const]))
    const { value } = await probeStore(context, asked(writes))
    expect(value.tally).toEqual([
      { outcome: 'acknowledged', rows: 0, keys: 3, examples: ['many-0', 'many-5001', 'many-5002'] },
      { outcome: 'acknowledged', rows: 1, keys: 5_000, examples: [] },
    ])
  })

  test('a key that looks like SQL is a key', async () => {
    expect((await probeStore(context, asked({ "x'); drop table samples; --": 'failed', '{"a",\\': 'failed' }))).value.tally).toMatchObject([{ rows: 0, keys: 2 }])
  })

  test.each([
    ['cannot be parsed', 'selekt', 'syntax error'],
    ['gives no key', 'select barcode from samples where barcode = any($1::text[])', 'no column "key"'],
    ['writes', "insert into samples select unnest($1::text[]) returning barcode as key", 'read-only transaction'],
    ['takes too long', 'select pg_sleep(60)::text as key, $1::text[]', 'waited 15 s'],
  ])('a query that %s is not covered', async (name, query, missing) => {
    const seen = await probeStore(name === 'takes too long' ? hurried : context, asked({ once: 'acknowledged' }, { query }))
    expect(seen).toMatchObject({ covered: false, value: { tally: [] }, missing: expect.stringContaining(missing) })
  })

  test('a role that does not exist is not covered, and not named', async () => {
    const seen = await probeStore(context, asked({}, { url: READER.replace('harness_reader', 'nobody_known') }))
    expect(seen.covered).toBe(false)
    expect(JSON.stringify(seen)).not.toMatch(/nobody_known|s3cret/)
  })

  test('a database that is frozen, and one that is gone, are not covered', async () => {
    postgres.freeze()
    const frozen = await probeStore(hurried, asked({ once: 'acknowledged' }))
    postgres.thaw()
    expect(frozen).toMatchObject({ covered: false, missing: expect.stringContaining('waited 5 s') })
    await postgres.kill()
    const gone = await probeStore(context, asked({ once: 'acknowledged' }))
    expect(gone).toMatchObject({ covered: false, missing: 'postgres could not be read: connection refused' })
  })
})
