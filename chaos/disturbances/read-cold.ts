// Reads a table from disk again and again that is larger than the memory of the database. with:
//   rows    of the table, about 1.7 KB each; 150000 when left out
//   every   ms of real time from the end of one reading to the next; 1000 when left out
// At the end the table is dropped. When this dies the reading ends by itself, and the table stays: the next one drops it.
import type pg from 'pg'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { closeAll, one, session } from './lib/database.ts'
import { disturb } from './lib/disturb.ts'
import { optionsOf, told } from './lib/told.ts'

const NAME = 'read-cold'
const asked = optionsOf(z.strictObject({ rows: z.number().int().min(1_000).max(1_000_000).default(150_000), every: z.number().int().min(0).default(1_000) }))
const url = told('OWNER_DATABASE_URL')
const DROP = 'drop table if exists public.cold'
const MAKE = `create unlogged table public.cold as select n, repeat(md5(n::text), 50) as t from generate_series(1, ${asked.rows}) n`

const stop = new AbortController()
let reader: pg.Client | undefined
let watcher: pg.Client | undefined
let reading: Promise<void> | undefined

async function readAgain(client: pg.Client): Promise<void> {
  while (!stop.signal.aborted) {
    await client.query('select count(*) from public.cold')
    await sleep(asked.every, undefined, { signal: stop.signal })
  }
}

/** Blocks of this database that were found in memory, of all that were asked for, since the last look. */
const BLOCKS = 'select array[blks_hit, blks_read]::text[] from pg_stat_database where datname = current_database()'
let before: readonly number[] = []
let ratio = 1

async function look(client: pg.Client): Promise<number> {
  const now = ((await one(client, BLOCKS)) as readonly string[]).map(Number)
  const [hit = 0, read = 0] = now.map((count, index) => count - (before[index] ?? count))
  // Counts come late and in lumps: what is too little to judge by waits for the next look.
  if (before.length > 0 && hit + read < 1_000) return ratio
  if (before.length > 0) ratio = hit / (hit + read)
  before = now
  return ratio
}

await disturb({
  begin: async () => {
    ;[reader, watcher] = [await session(url, NAME), await session(url, NAME)]
    await reader.query(`${DROP}; ${MAKE}; set max_parallel_workers_per_gather = 0`)
    reading = readAgain(reader)
    reading.catch(() => undefined)
  },
  look: async () => {
    await Promise.race([reading, sleep(1)])
    const found = watcher === undefined ? 1 : await look(watcher)
    return { bites: `${Math.round(100 * found)} % of the blocks asked for are found in memory`, holds: found < 0.9 }
  },
  end: async () => {
    stop.abort()
    await reading?.catch(() => undefined)
    await watcher?.query(DROP)
    await closeAll([reader, watcher].flatMap((client) => client ?? []))
    return 'the table is dropped'
  },
})
