// The invariants of compose.yaml, asked of a database of its own with every service's tables, in which tests plant what
// breaks them.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { lookAtInvariant, type InvariantSeen } from '../../../harness/probes/invariant-reader.ts'
import { readStack } from '../../../harness/stack/compose-file.ts'
import { systemClock } from '../../../harness/time/clock.ts'
import { startPostgres, type TestPostgres } from './postgres.ts'

const FOLDER = join(import.meta.dirname, '..')

/** Every service with tables. */
export const SERVICES = readdirSync(FOLDER).filter((name) => existsSync(join(FOLDER, name, 'schema.ts')))

const { stack, problems } = readStack(join(FOLDER, '../compose.yaml'))
if (stack === undefined) throw new Error(JSON.stringify(problems))

/** Every invariant, by name. */
export const INVARIANTS = stack.harness.invariants ?? {}

/** A database that can be asked. */
export interface AskedInvariants {
  readonly postgres: TestPostgres
  /** Runs SQL as the role of a service. */
  as(service: string, sql: string): Promise<void>
  /** As if every group had what the outbox of a service holds. */
  delivered(service: string): Promise<void>
  seen(name: string): Promise<InvariantSeen>
  /** Every invariant that does not hold, with the keys and whys of what breaks it. */
  broken(): Promise<Readonly<Record<string, readonly string[]>>>
}

/** Starts Postgres at `host`, and makes the tables of all services. */
export async function askInvariants(host: string): Promise<AskedInvariants> {
  const postgres = await startPostgres(host)
  const as = (service: string, sql: string) => runAs(postgres.url(service.replaceAll('-', '_')), sql)
  for (const service of SERVICES) await as(service, await schemaOf(service))
  const seen = (name: string): Promise<InvariantSeen> => {
    const { query = '', counts } = INVARIANTS[name] ?? {}
    const url = postgres.url('harness_reader')
    return lookAtInvariant({ name: 'postgres', url, query, counts, clock: systemClock, signal: new AbortController().signal })
  }
  const broken = async () => {
    const found = await Promise.all(Object.keys(INVARIANTS).map(async (name) => ({ name, ...(await seen(name)) })))
    const entries = found.filter(({ violations }) => violations > 0)
    return Object.fromEntries(entries.map(({ name, examples }) => [name, examples.map(({ key, why }) => `${key}: ${why}`)]))
  }
  return { postgres, as, delivered: (service) => deliver(postgres, as, service), seen, broken }
}

async function deliver(postgres: TestPostgres, as: AskedInvariants['as'], service: string): Promise<void> {
  const schema = service.replaceAll('-', '_')
  const rows = await postgres.read<{ event_id: string }>(`select event_id from ${schema}.outbox`)
  await as(service, `update ${schema}.outbox set published_at = now()`)
  for (const { event_id } of rows) {
    await as('event-analytics', `insert into event_analytics.events (event_id, event_type, source_service, stream_entry,
      deliveries, occurred_at) values ('${event_id}', 'a.b', 'x', '1-1', 1, now()) on conflict do nothing`)
    await as('notification', `insert into notification.received_events (event_id, event_type, deliveries)
      values ('${event_id}', 'a.b', 1) on conflict do nothing`)
  }
}

type Schema = string | ((guarded: boolean) => string)

/** Each schema.ts exports one, as text or, where a defect takes its guards away, as what makes the text. */
async function schemaOf(service: string): Promise<string> {
  const exported = (await import(join(FOLDER, service, 'schema.ts'))) as Readonly<Record<string, Schema>>
  const [schema, ...more] = Object.entries(exported).flatMap(([name, value]) => (name.endsWith('Schema') ? [value] : []))
  if (schema === undefined || more.length > 0) throw new Error(`${service}/schema.ts does not export one schema`)
  return typeof schema === 'string' ? schema : schema(true)
}

async function runAs(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
