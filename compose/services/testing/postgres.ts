// Starts a real Postgres of its own for live tests, as nobody when the tests run as root, and can kill and revive it.
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { vi } from 'vitest'
import { foundTool } from '../../../harness/stack/toolchain/testing/found-tool.ts'

const ROOT = join(import.meta.dirname, '../../..')
/** Where a user other than root can run them too, which node_modules need not be. */
const [INITDB, SERVER] = await Promise.all(['initdb', 'postgres'].map(async (name) => (await foundTool(name)) ?? name))
const NOBODY = 65_534
const PASSWORD = 'test-superuser'

/** A running Postgres with the database `tracseq`. */
export interface TestPostgres {
  /** The address of the database for a role, at `host:port` (default: directly). */
  url(role: string, at?: string): string
  /** Reads rows as the harness's reader. */
  read<Row>(sql: string, values?: unknown[]): Promise<Row[]>
  readonly data: string
  /** Runs prepare.ts on the data directory. */
  prepare(): Promise<void>
  kill(): Promise<void>
  start(): Promise<void>
  remove(): Promise<void>
}

function asNobody(): { uid?: number; gid?: number } {
  return process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
}

/** Prepares a data directory with prepare.ts and starts Postgres at `host`:5432. */
export async function startPostgres(host: string): Promise<TestPostgres> {
  const data = await mkdtemp(join(tmpdir(), 'services-postgres-'))
  if (process.getuid?.() === 0) await chown(data, NOBODY, NOBODY)
  const env = { PGDATA: data, INITDB, POSTGRES_BIN: SERVER, RUN_AS: String(NOBODY), POSTGRES_PASSWORD: PASSWORD, POSTGRES_DB: 'tracseq' }
  const prepare = async (): Promise<void> => {
    await promisify(execFile)(process.execPath, [join(ROOT, 'compose/postgres/prepare.ts')], { env })
  }
  await prepare()
  const url = (role: string, at = `${host}:5432`): string => `postgres://${role}:${role}@${at}/tracseq`
  const state: { child?: ChildProcess } = {}
  const kill = async (): Promise<void> => {
    const { child } = state
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGQUIT')
    await once(child, 'exit')
  }
  const start = async (): Promise<void> => {
    const settings = ['listen_addresses=' + host, 'unix_socket_directories=', 'fsync=off', 'shared_buffers=32MB']
    const args = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])]
    state.child = spawn(SERVER ?? '', args, { stdio: 'ignore', cwd: data, ...asNobody() })
    await vi.waitFor(() => readRows(url('harness_reader'), 'select 1'), { timeout: 10_000, interval: 50 })
  }
  await start()
  return {
    data,
    prepare,
    url,
    read: (sql, values) => readRows(url('harness_reader'), sql, values),
    kill,
    start,
    remove: async () => {
      await kill()
      await rm(data, { recursive: true, force: true })
    },
  }
}

async function readRows<Row>(url: string, sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  // A server that dies says so on the connection too; the query's own error is the one to see.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(sql, values)).rows as Row[]
  } finally {
    await client.end()
  }
}
