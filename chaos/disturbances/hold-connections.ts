// Holds connections to PostgreSQL, so that a share of all it allows is in use, whoever has the rest.
// with: share (of max_connections, 0.9 when left out; 1 takes every one that users may have).
// It connects as the harness's reader, who may do nothing else. When it dies, its connections end with it.
import type pg from 'pg'
import { z } from 'zod'
import { closeAll, one, session } from './lib/database.ts'
import { disturb } from './lib/disturb.ts'
import { optionsOf, share, told } from './lib/told.ts'

const NAME = 'hold-connections'
const AT_ONCE = 8
const { share: wanted } = optionsOf(z.strictObject({ share: share.default(0.9) }))
const url = told('DATABASE_URL')

const held: pg.Client[] = []
let most = 0
let usable = 0

const USED = "select count(*)::int from pg_stat_activity where backend_type = 'client backend'"
const RESERVED = "select sum(setting::int)::int from pg_settings where name in ('superuser_reserved_connections', 'reserved_connections')"

async function used(): Promise<number> {
  const [first] = held
  return first === undefined ? 0 : Number(await one(first, USED))
}

/** A connection that is refused now may be had a moment later: whoever closes one makes room. */
async function holdMore(count: number): Promise<void> {
  const opened = await Promise.allSettled(Array.from({ length: count }, () => session(url, NAME)))
  for (const attempt of opened) if (attempt.status === 'fulfilled') held.push(attempt.value)
}

async function fill(signal?: AbortSignal): Promise<number> {
  const goal = Math.min(Math.ceil(wanted * most), usable)
  let now = await used()
  for (let tries = Math.ceil(most / AT_ONCE) + 2; now < goal && tries > 0 && signal?.aborted !== true; tries--) {
    await holdMore(Math.min(AT_ONCE, goal - now))
    now = await used()
  }
  return now
}

await disturb({
  begin: async (signal) => {
    const first = await session(url, NAME)
    held.push(first)
    most = Number(await one(first, 'show max_connections'))
    usable = most - Number(await one(first, RESERVED))
    await fill(signal)
  },
  look: async () => {
    const now = await fill()
    const full = now >= usable ? '; a new one is refused' : ''
    return { bites: `${now} of ${most} connections are in use, ${held.length} of them are held${full}`, holds: now >= Math.min(wanted * most, usable) }
  },
  end: async () => {
    await closeAll(held)
    return `${held.length} connections are closed`
  },
})
