// A backup of a real Postgres, while somebody writes to it: every kind of column comes back, and what does not come back is seen.
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { performUndo } from '../../../faults/index.ts'
import { hasPostgres, livePostgres } from '../../../faults/testing/live-postgres.ts'
import type { LivePostgres } from '../../../faults/testing/live-postgres.ts'
import { gateCheckSchema } from '../../../model/gate-check.ts'
import type { CheckOf } from '../../../model/gate-check.ts'
import { ownerOf } from '../../../probes/database-owner.ts'
import { useDatabase } from '../../../probes/database-reader.ts'
import { backup, compared } from './backup.ts'
import { digestsOf } from './backup/digest.ts'
import { dumpTo, restoreFrom } from './backup/dump.ts'
import { liveScene } from './testing/live-scene.ts'
import type { LiveScene } from './testing/live-scene.ts'

const HOST = '127.66.41.2'
const check = gateCheckSchema.parse({ kind: 'backup', service: 'db' }) as CheckOf<'backup'>
const MADE = `
  create schema shop;
  create type shop.mood as enum ('calm', 'it''s fine');
  create sequence shop.numbers;
  create function shop.doubled(n int) returns int language sql as 'select n * 2';
  create table shop.people (id uuid primary key default gen_random_uuid(), "odd name" text not null, mood shop.mood, born timestamptz default now());
  create table shop.orders (
    id bigint generated always as identity primary key, no int default nextval('shop.numbers'), person uuid not null references shop.people on delete cascade,
    price numeric(10, 4) check (price >= 0), weight double precision, photo bytea, tags text[], extra jsonb,
    words tsvector generated always as (to_tsvector('english', coalesce(extra ->> 'text', ''))) stored);
  create table shop.nothing (id int);
  create unique index orders_once on shop.orders (no) where price > 0;
  insert into shop.people ("odd name", mood) select E'na"me\\n\\\\' || n, 'it''s fine' from generate_series(1, 700) n;
  insert into shop.orders (person, price, weight, photo, tags, extra)
    select id, 1.5, 0.1 + 0.2, '\\x00ff', array['a,b', null, 'c"d'], '{"text": "two words"}' from shop.people, generate_series(1, 2);`

describe.skipIf(!hasPostgres())('with a real Postgres', () => {
  let db: LivePostgres
  let live: LiveScene
  let client: pg.Client

  beforeAll(async () => {
    db = livePostgres(HOST)
    live = await liveScene({ services: { db }, environment: { db: { POSTGRES_PASSWORD: 'none of it' } } })
    client = await connected()
    await client.query(MADE)
  })

  afterAll(async () => {
    await client.end()
    await live[Symbol.asyncDispose]()
    db.removeData()
  })

  async function databases(): Promise<readonly string[]> {
    const { rows } = await client.query<{ datname: string }>(`select datname from pg_database where datname like 'readiness%'`)
    return rows.map(({ datname }) => datname)
  }

  const copyOf = (name: string) => useDatabase(ownerOf(live.scene, 'db', 'postgres'), (ask) => ask(`create database ${name} template template0`))

  test('all rows come back, whatever is written meanwhile, and nothing is left of it', async () => {
    let writing = true
    const writer = (async () => {
      for (; writing;) await client.query(`insert into shop.people ("odd name") values ('late'); update shop.orders set price = price + 1 where id = 1; delete from shop.orders where id = (select max(id) from shop.orders)`)
    })()
    const seen = await backup(check, live.scene).finally(() => (writing = false))
    await writer
    expect(seen).toEqual({ covered: true, value: expect.any(Array) })
    expect(seen.value.map(({ table, same }) => [table, same])).toEqual([['shop.nothing', true], ['shop.orders', true], ['shop.people', true]])
    expect(seen.value.map(({ rows, restored }) => rows - restored)).toEqual([0, 0, 0])
    expect(seen.value[2]?.rows).toBeGreaterThanOrEqual(700)
    expect({ left: live.outstanding(), databases: await databases(), files: readdirSync(live.scene.session.directory) }).toEqual({ left: [], databases: [], files: ['undo.jsonl'] })
  })

  test('no password is on record', () => {
    const { directory } = live.scene.session
    expect(readFileSync(join(directory, 'undo.jsonl'), 'utf8') + JSON.stringify(live.journal)).not.toContain('none of it')
  })

  test('a row that is changed, one that is missing and a key that does not hold are seen', async () => {
    const path = join(live.scene.session.directory, 'spoilt')
    await using file = await open(path, 'wx+')
    const { definition, digests } = await useDatabase(ownerOf(live.scene, 'db'), (ask) => dumpTo(file, ask))
    writeFileSync(path, readFileSync(path, 'utf8').replace('two words', 'two wards').replace('late', 'lately'))
    await copyOf('readiness_spoilt')
    const restored = await useDatabase(ownerOf(live.scene, 'db', 'readiness_spoilt'), async (ask) => (await restoreFrom(file, definition, ask), digestsOf(ask, definition.tables)))
    const { rows } = await useDatabase(ownerOf(live.scene, 'db', 'readiness_spoilt'), (ask) => ask(`insert into shop.orders (person) select id from shop.people limit 1 returning id > 1400 and no > 1400 as new`))
    expect(rows).toEqual([{ new: true }])
    expect(compared(digests, restored).map(({ same }) => same)).toEqual([true, false, false])
    expect(compared(digests, []).map(({ rows, restored: back, same }) => rows > 0 && (back > 0 || same))).toEqual([false, false, false])
    appendFileSync(path, `${JSON.stringify(['shop.orders', ...(JSON.parse(readFileSync(path, 'utf8').split('\n')[0] ?? '') as string[]).slice(1)])}\n`)
    await copyOf('readiness_twice')
    await expect(useDatabase(ownerOf(live.scene, 'db', 'readiness_twice'), (ask) => restoreFrom(file, definition, ask))).rejects.toMatchObject({ code: 'PROBE_UNREACHABLE', message: expect.stringMatching(/duplicate|unique|already/) })
    await client.query('drop database readiness_spoilt').then(() => client.query('drop database readiness_twice'))
  })

  test('what is in the undo log is enough for another process, once and again', async () => {
    const undo = { action: 'drop-database', service: 'db', database: 'readiness_left' } as const
    await copyOf('readiness_left')
    const world = { rig: live.scene.rig, clock: live.scene.clock, control: live.scene.session.control }
    for (const _ of [1, 2]) await performUndo(undo, world, live.scene.signal)
    expect(await databases()).toEqual([])
  })

  test('what is not put back is named; nobody to ask is no backup', async () => {
    await client.query('create table shop.parts (at date) partition by range (at)')
    expect(await backup(check, live.scene)).toMatchObject({ covered: false, missing: 'not put back: shop.parts' })
    await client.query('drop table shop.parts')
    await using blind = await liveScene({ services: {} })
    expect(await backup(check, blind.scene)).toMatchObject({ value: [], covered: false, missing: expect.stringMatching(/^nobody knows who owns db/) })
    await db.kill()
    expect(await backup(check, live.scene)).toMatchObject({ value: [], covered: false, missing: 'db could not be read: connection refused' })
    expect(readdirSync(live.scene.session.directory)).not.toContain('backup-of-db')
    await db.start()
    client = await connected()
  })
})

async function connected(): Promise<pg.Client> {
  const client = new pg.Client({ host: HOST, user: 'postgres', database: 'postgres' })
  // the server is killed under it
  client.on('error', () => undefined)
  await client.connect()
  return client
}
