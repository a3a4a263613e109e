// The prepared database: rights as promised, and preparing again or after an interruption does no harm.
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startPostgres, type TestPostgres } from '../services/testing/postgres.ts'

let postgres: TestPostgres

beforeAll(async () => {
  postgres = await startPostgres('127.61.4.1')
}, 30_000)

afterAll(() => postgres.remove())

async function as(role: string, sql: string, url = postgres.url(role)): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

it('lets each service own its schema, and the reader see tables made later', async () => {
  await as('sample', 'create table sample.later as select 1 as n')
  expect(await postgres.read('select n from sample.later')).toEqual([{ n: 1 }])
  expect(await postgres.read('select count(*) > 0 as sees from pg_stat_activity where query is not null')).toEqual([
    { sees: true },
  ])
})

it.each([
  'auth', 'sample', 'storage', 'template', 'sequencing', 'notification', 'rag', 'event_analytics', 'transaction', 'qaqc',
  'spreadsheet_versioning', 'library_details', 'reports', 'lab_manager',
])('%s has a role and a schema of that name', async (role) => {
  await as(role, `create table ${role}.own as select 1 as n`)
  expect(await postgres.read(`select n from ${role}.own`)).toEqual([{ n: 1 }])
})

it.each([
  ['auth', 'select * from sample.later', 'permission denied for schema sample'],
  ['auth', 'create table sample.mine (n int)', 'permission denied for schema sample'],
  ['harness_reader', 'delete from sample.later', 'read-only transaction'],
  ['harness_reader', 'set transaction read write; delete from sample.later', 'permission denied for table later'],
])('refuses %s: %s', async (role, sql, message) => {
  await expect(as(role, sql)).rejects.toThrow(message)
})

it('refuses a wrong password', async () => {
  const url = postgres.url('auth').replace('auth:auth', 'auth:wrong')
  await expect(as('auth', 'select 1', url)).rejects.toThrow('password authentication failed')
})

it('is text in UTF-8 that sorts by code point', async () => {
  const sql = `select current_setting('server_encoding') as encoding, 'Z' < 'a' as by_code_point, upper('ä') as upper`
  expect(await postgres.read(sql)).toEqual([{ encoding: 'UTF8', by_code_point: true, upper: 'Ä' }])
})

it('stays as it is when prepared again, also after an interruption', async () => {
  await postgres.kill()
  await postgres.prepare()
  await rm(join(postgres.data, 'prepared'))
  await postgres.prepare()
  expect(existsSync(join(postgres.data, 'prepared'))).toBe(true)
  await postgres.start()
  expect(await postgres.read('select n from sample.later')).toEqual([{ n: 1 }])
})
