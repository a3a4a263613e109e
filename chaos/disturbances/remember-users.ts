// Users who were about on the same day a week ago, and not since: their stay is written into the past. with:
//   users   how many; 200 when left out
// A week is as much shorter as the run is accelerated. At the end they are deleted, with their sessions. When it dies, they
// are remembered until their day is over a week ago; the next one deletes whoever is left.
import type pg from 'pg'
import { z } from 'zod'
import { closeAll, one, session } from './lib/database.ts'
import { disturb } from './lib/disturb.ts'
import { optionsOf, told } from './lib/told.ts'

const NAME = 'remember-users'
const asked = optionsOf(z.strictObject({ users: z.number().int().min(1).max(5_000).default(200) }))
const url = told('OWNER_DATABASE_URL')
const acceleration = Number(told('HARNESS_ACCELERATION'))
/** The middle of that day. */
const AGO_S = (7.5 * 86_400) / acceleration

const FORGET = "delete from auth.users where email like 'last-week-%@readiness.example'"
const REMEMBER = `
  with u as (
    insert into auth.users (email, password_hash, first_name, last_name)
    select 'last-week-' || n || '@readiness.example', 'x', 'Last', 'Week' from generate_series(1, $1::int) n returning id
  )
  insert into auth.user_sessions (id, user_id, token_hash, expires_at, created_at, last_used_at, revoked)
  select gen_random_uuid(), id, md5(id::text), at, at, at, true from u, (select now() - make_interval(secs => $2) as at) w`
const COUNT = `
  select count(*)::int from auth.user_sessions join auth.users on users.id = user_id
  where email like 'last-week-%@readiness.example'`

let client: pg.Client | undefined
await disturb({
  begin: async () => {
    client = await session(url, NAME)
    await client.query(FORGET)
    await client.query(REMEMBER, [asked.users, AGO_S])
  },
  look: async () => {
    const count = client === undefined ? 0 : Number(await one(client, COUNT))
    return { bites: `${count} users were about a week ago, and not since`, holds: count === asked.users }
  },
  end: async () => {
    if (client === undefined) return 'nobody was remembered yet'
    const { rowCount } = await client.query(FORGET)
    await closeAll([client])
    return `${rowCount} users are forgotten`
  },
})
