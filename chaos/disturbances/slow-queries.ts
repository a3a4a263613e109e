// Keeps PostgreSQL busy with what takes long. with:
//   how       lock: again and again a table is locked, and the queries of services on it wait (when left out);
//             sleep: statements that run long and hinder nobody, one after another in each session: long transactions
//   table     that is locked, such as sample.samples; needed for lock
//   sessions  that sleep; 4 when left out
//   ms        that a lock or a statement lasts, in real time; 1000 when left out
//   pause     in ms between two locks, so that the queue gets on; 100 when left out
// When it dies, the server ends its statements within a second.
import type pg from 'pg'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { closeAll, one, session } from './lib/database.ts'
import { disturb } from './lib/disturb.ts'
import { optionsOf, told } from './lib/told.ts'

const NAME = 'slow-queries'
const common = { ms: z.number().int().min(10).default(1_000) }
const locking = z.strictObject({ how: z.literal('lock').default('lock'), table: z.string().regex(/^\w+\.\w+$/, 'a table with its schema, such as sample.samples'), pause: z.number().int().min(0).default(100), ...common })
const sleeping = z.strictObject({ how: z.literal('sleep'), sessions: z.number().int().min(1).max(50).default(4), ...common })
const asked = optionsOf(z.union([sleeping, locking]))
const url = told(asked.how === 'lock' ? 'OWNER_DATABASE_URL' : 'DATABASE_URL')

const sessions: pg.Client[] = []
const stop = new AbortController()
const running: Promise<void>[] = []
const open = async () => {
  const client = await session(url, NAME)
  sessions.push(client)
  return client
}

/** Its failure is told by the next look; when it is to stop, there is nobody to tell. */
function again(work: () => Promise<unknown>): void {
  const endless = async () => {
    while (!stop.signal.aborted) await work()
  }
  const promise = endless()
  promise.catch(() => undefined)
  running.push(promise)
}

async function lock(client: pg.Client, table: string, pause: number): Promise<void> {
  await client.query('begin')
  await client.query(`lock table ${table} in access exclusive mode`)
  await client.query('select pg_sleep($1)', [asked.ms / 1_000])
  await client.query('commit')
  await sleep(pause)
}

/** How long somebody who writes has to wait: asks for the lock of a writer, and lets it go. */
async function waitOfWriter(client: pg.Client, table: string): Promise<number> {
  const began = performance.now()
  await client.query('begin')
  await client.query(`lock table ${table} in row exclusive mode`)
  await client.query('rollback')
  return performance.now() - began
}

const SLEEPING = "select count(*)::int from pg_stat_activity where pid = any($1) and pid <> pg_backend_pid() and state = 'active'"

/** By which the server knows our sessions. */
function pids(): number[] {
  return sessions.map((client) => (client as unknown as { readonly processID: number }).processID)
}

/** The watcher is a session of its own; a failure of any other shows at the next look. */
async function look(watcher: pg.Client) {
  await Promise.race([Promise.all(running), sleep(1)])
  if (asked.how === 'sleep') {
    const active = Number(await one(watcher, SLEEPING, [pids()]))
    return { bites: `${active} of ${asked.sessions} sessions run statements of ${asked.ms} ms`, holds: active * 2 > asked.sessions }
  }
  const waits = [await waitOfWriter(watcher, asked.table), await waitOfWriter(watcher, asked.table)]
  const longest = Math.round(Math.max(...waits))
  return { bites: `a writer of ${asked.table} waits up to ${longest} ms`, holds: longest >= asked.ms / 2 }
}

let watcher: pg.Client | undefined
await disturb({
  begin: async () => {
    watcher = await open()
    const clients = await Promise.all(Array.from({ length: asked.how === 'sleep' ? asked.sessions : 1 }, open))
    const work = (client: pg.Client) => (asked.how === 'sleep' ? client.query('select pg_sleep($1)', [asked.ms / 1_000]) : lock(client, asked.table, asked.pause))
    for (const client of clients) again(() => work(client))
    await sleep(Math.min(asked.ms / 2, 200))
  },
  look: async () => (watcher === undefined ? { bites: 'nothing', holds: false } : look(watcher)),
  end: async () => {
    stop.abort()
    if (watcher !== undefined) await watcher.query('select pg_cancel_backend(pid) from unnest($1::int[]) pid where pid <> pg_backend_pid()', [pids()])
    await Promise.allSettled(running)
    await closeAll(sessions)
    return `${sessions.length} sessions are closed, their statements cancelled`
  },
})
