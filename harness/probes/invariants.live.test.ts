// Invariants in a real Postgres: kept, broken, whole in time and too late, and questions that cannot be asked.
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hasPostgres, livePostgres, type LivePostgres } from '../faults/testing/live-postgres.ts'
import type { EvidenceOf } from '../model/evidence.ts'
import { probeInvariants, type InvariantQuery } from './invariants.ts'
import { contextAt } from './testing/fake-rig.ts'

const HOST = '127.65.13.1'
const URL_OF_READER = `postgresql://harness_reader:s3cret%21@${HOST}:5432/postgres`
const QUERY = `
  select place as key, 'samples ' || string_agg(sample, ' and ' order by sample) as why
  from positions group by place having count(*) > 1 order by place; `
const COUNTS = 'select count(*) as n from positions -- all of them'

function asked(spec: Partial<InvariantQuery['spec']> = {}, settleMs = 0): InvariantQuery {
  return { invariant: 'positions', settleMs, spec: { service: 'postgres', url: URL_OF_READER, query: QUERY, counts: COUNTS, ...spec } }
}

async function seen(query: InvariantQuery, context = contextAt('')): Promise<EvidenceOf<'invariant'>> {
  const [evidence] = await probeInvariants(context, { when: 'after', queries: [query] })
  if (evidence === undefined) throw new Error('no evidence')
  return evidence
}

describe.skipIf(!hasPostgres())('with a real Postgres', () => {
  let postgres: LivePostgres
  let owner: pg.Client

  beforeAll(async () => {
    postgres = livePostgres(HOST)
    await postgres.start()
    owner = new pg.Client({ host: HOST, user: 'postgres', database: 'postgres' }).on('error', () => undefined)
    await owner.connect()
    await owner.query(`
      create table positions (place text, sample text);
      create sequence tick;
      create role harness_reader login password 's3cret!';
      grant select on positions to harness_reader;
      grant usage on sequence tick to harness_reader`)
  })
  beforeEach(() => owner.query(`delete from positions; insert into positions values ('A1', 'x'), ('A2', 'y')`))

  afterAll(async () => {
    await owner.end().catch(() => undefined)
    await postgres.kill()
    postgres.removeData()
  })

  const plant = () => owner.query(`insert into positions values ('A1', 'z')`)
  const mend = () => owner.query(`delete from positions where sample = 'z'`)

  test('one that is kept is looked at once, however long it might take', async () => {
    const once = { afterMs: expect.any(Number), violations: 0 }
    expect(await seen(asked({}, 60_000))).toEqual({
      probe: 'invariant',
      covered: true,
      value: { invariant: 'positions', when: 'after', settleMs: 60_000, looks: 1, first: once, last: once, judged: 2, examples: [] },
    })
  })

  test('what breaks it is named, and so is what was judged', async () => {
    await plant()
    expect((await seen(asked())).value).toMatchObject({
      looks: 1,
      last: { violations: 1 },
      judged: 3,
      examples: [{ key: 'A1', why: 'samples x and z' }],
    })
  })

  test('one that becomes whole in time is whole', async () => {
    await plant()
    const looking = seen(asked({}, 20_000))
    setTimeout(() => void mend(), 700)
    const { covered, value } = await looking
    expect(covered).toBe(true)
    expect(value).toMatchObject({ first: { violations: 1 }, last: { violations: 0 }, examples: [] })
    expect(value.looks).toBeGreaterThan(1)
    expect(value.last?.afterMs).toBeLessThan(10_000)
  })

  test('one that does not is looked at to its deadline and not much longer; others are not held up', async () => {
    await plant()
    const still = { ...asked({ query: 'select 1 as key, 2 as why where false' }, 60_000), invariant: 'kept' }
    const [broken, kept] = await probeInvariants(contextAt(''), { when: 'after', queries: [asked({}, 1_500), still] })
    expect(broken).toMatchObject({ covered: true, value: { first: { violations: 1 }, last: { violations: 1 } } })
    expect(broken?.value.looks).toBeGreaterThan(2)
    expect(broken?.value.last?.afterMs).toBeGreaterThanOrEqual(1_500)
    expect(broken?.value.last?.afterMs).toBeLessThan(10_000)
    expect(kept).toMatchObject({ covered: true, value: { invariant: 'kept', looks: 1 } })
  })

  test('many and long violations are counted, and few and short ones brought home', async () => {
    const query = `select case when n > 3 then repeat('k', 5000) end as key, repeat('w', 5000) as why from generate_series(1, 30000) n order by n`
    const { value } = await seen(asked({ query }))
    expect(value.last?.violations).toBe(30_000)
    const why = 'w'.repeat(300)
    expect(value.examples).toEqual(['null', 'null', 'null', 'k'.repeat(100), 'k'.repeat(100)].map((key) => ({ key, why })))
  })

  test.each([
    ['cannot be parsed', { query: 'selekt' }, 'syntax error'],
    ['gives no key', { query: 'select place as kee, sample as why from positions' }, 'column "key" does not exist'],
    ['gives no why', { query: 'select place as key from positions' }, 'column "why" does not exist'],
    ['reads what the reader may not', { query: 'select rolname as key, rolpassword as why from pg_authid' }, 'permission denied'],
    ['writes', { query: "insert into positions values ('B1', 'x') returning place as key, sample as why" }, 'syntax error'],
    ['writes by way of a function', { query: "select nextval('tick') as key, '' as why" }, 'read-only transaction'],
    ['takes too long', { query: 'select pg_sleep(60)::text as key, 1 as why' }, 'waited 15 s'],
    ['counts into the void', { counts: 'select null as n' }, 'no single whole number "n"'],
    ['counts twice', { counts: 'select 1 as n union all select 2' }, 'no single whole number "n"'],
    ['counts under another name', { counts: 'select count(*) from positions' }, 'column "n" does not exist'],
  ])('a question that %s is not covered', async (name, spec, missing) => {
    const slow = name === 'takes too long'
    const evidence = await seen(asked(spec, slow ? 0 : 60_000), contextAt('', { hurried: slow }))
    expect(evidence).toMatchObject({ covered: false, value: { looks: 1, examples: [] }, missing: expect.stringContaining(missing) })
    expect(evidence.value.last).toBeUndefined()
    expect(JSON.stringify(evidence)).not.toMatch(/harness_reader|s3cret/)
  })

  test('a database that goes away while it settles is not covered, and what was seen of it is kept', async () => {
    await plant()
    const looking = seen(asked({}, 60_000))
    setTimeout(() => void postgres.kill(), 700)
    expect(await looking).toMatchObject({
      covered: false,
      value: { first: { violations: 1 }, last: { violations: 1 }, examples: [{ key: 'A1' }] },
      missing: expect.stringMatching(/^postgres could not be read: /),
    })
    expect(await seen(asked())).toMatchObject({ covered: false, missing: 'postgres could not be read: connection refused' })
  })
})
