// Reads a Postgres database: one read-only moment of it, within deadlines, and without ever naming its credentials.
import { Socket } from 'node:net'
import pg from 'pg'
import { HarnessError, messageOf } from '../errors.ts'
import type { Clock } from '../time/clock.ts'
import { withDeadline } from '../time/poll.ts'

const CONNECT_MS = 5_000
const STATEMENT_MS = 15_000
const GOODBYE_MS = 1_000

export interface DatabaseReader {
  /** As messages name it: the database service. */
  readonly name: string
  readonly url: string
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Milliseconds that one statement may take; 15 s when left out. */
  readonly patienceMs?: number
}

export interface Answer<Row> {
  readonly rows: readonly Row[]
  /** Names of the columns, there also when there are no rows. */
  readonly columns: readonly string[]
}

/** Runs one statement. */
export type Ask = <Row extends pg.QueryResultRow>(sql: string, values?: readonly unknown[]) => Promise<Answer<Row>>

/** All statements of `work` see the same moment. Any failure is PROBE_UNREACHABLE, whose message holds no credentials. */
export function readDatabase<T>(reader: DatabaseReader, work: (ask: Ask) => Promise<T>): Promise<T> {
  return useDatabase(reader, async (ask) => {
    await ask('begin transaction isolation level repeatable read read only')
    return work(ask)
  })
}

/** Each statement of `work` for itself, as whoever the URL names may. Fails as `readDatabase` does. */
export async function useDatabase<T>(reader: DatabaseReader, work: (ask: Ask) => Promise<T>): Promise<T> {
  const socket = new Socket()
  try {
    const client = clientOf(reader, socket)
    await within(reader, CONNECT_MS, () => client.connect())
    const seen = await work(asking(reader, client))
    // what was seen was seen, also when nobody has the time to say goodbye
    await within(reader, GOODBYE_MS, () => client.end()).catch(() => reader.signal.throwIfAborted())
    return seen
  } catch (thrown) {
    reader.signal.throwIfAborted()
    throw new HarnessError('PROBE_UNREACHABLE', `${reader.name} could not be read: ${reasonOf(thrown, reader.url)}`)
  } finally {
    socket.destroy()
  }
}

function clientOf({ url, patienceMs = STATEMENT_MS }: DatabaseReader, socket: Socket): pg.Client {
  // Without one, pg would quietly take the database that the environment names.
  if (!URL.parse(url)?.hostname) throw new HarnessError('PROBE_UNREACHABLE', 'its URL names no host')
  const settings = { statement_timeout: patienceMs, application_name: 'harness' }
  const client = new pg.Client({ ...settings, connectionString: url, stream: () => socket })
  // Also reported by the call that is under way; without a listener it would end the process.
  client.on('error', () => undefined)
  return client
}

function asking(reader: DatabaseReader, client: pg.Client): Ask {
  const { patienceMs = STATEMENT_MS } = reader
  return async <Row extends pg.QueryResultRow>(sql: string, values?: readonly unknown[]) => {
    const { rows, fields } = await within(reader, patienceMs, () => client.query<Row>(sql, values && [...values]))
    return { rows, columns: fields.map(({ name }) => name) }
  }
}

async function within<T>({ name, clock, signal }: DatabaseReader, ms: number, work: () => Promise<T>): Promise<T> {
  return withDeadline({ clock, signal, within: ms, what: name }, work)
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was closed',
  ENOTFOUND: 'no such host',
  '28P01': 'it refused the credentials',
  '28000': 'it refused the credentials',
  '57014': 'the statement took too long',
}

function reasonOf(thrown: unknown, url: string): string {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
  return REASONS[code] ?? scrubbed(messageOf(thrown), url)
}

/** Takes the URL, the user and the password out of a message, encoded or not. */
function scrubbed(message: string, url: string): string {
  const parts = URL.parse(url)
  const secrets = [url, parts?.password ?? '', parts?.username ?? ''].filter((secret) => secret !== '')
  const spellings = secrets.flatMap((secret) => [secret, decoded(secret)])
  return spellings.reduce((text, secret) => text.replaceAll(secret, '***'), message)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
