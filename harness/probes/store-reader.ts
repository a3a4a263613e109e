// Counts the rows behind a list of keys in a Postgres database, read-only, within deadlines, and without ever naming
// its credentials.
import { Socket } from 'node:net'
import pg from 'pg'
import { HarnessError, messageOf } from '../errors.ts'
import type { Clock } from '../time/clock.ts'
import { withDeadline } from '../time/poll.ts'

const CONNECT_MS = 5_000
const STATEMENT_MS = 15_000
const GOODBYE_MS = 1_000
const CHUNK = 1_000

export interface StoreReader {
  /** As messages name it: the database service. */
  readonly name: string
  readonly url: string
  /** SQL with the array of keys as $1 that gives one row with a column `key` per stored row. */
  readonly query: string
  readonly clock: Clock
  readonly signal: AbortSignal
}

/** Rows per key; a key without rows is left out. All chunks see the same moment. Any failure is PROBE_UNREACHABLE. */
export async function rowsPerKey(reader: StoreReader, keys: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const socket = new Socket()
  try {
    const client = clientOf(reader, socket)
    await within(reader, CONNECT_MS, () => client.connect())
    const rows = await counted(reader, client, keys)
    await within(reader, GOODBYE_MS, () => client.end())
    return rows
  } catch (thrown) {
    reader.signal.throwIfAborted()
    throw new HarnessError('PROBE_UNREACHABLE', `${reader.name} could not be read: ${reasonOf(thrown, reader.url)}`)
  } finally {
    socket.destroy()
  }
}

function clientOf({ url }: StoreReader, socket: Socket): pg.Client {
  // Without one, pg would quietly take the database that the environment names.
  if (!URL.parse(url)?.hostname) throw new HarnessError('PROBE_UNREACHABLE', 'its URL names no host')
  const settings = { statement_timeout: STATEMENT_MS, application_name: 'harness' }
  const client = new pg.Client({ ...settings, connectionString: url, stream: () => socket })
  // Also reported by the call that is under way; without a listener it would end the process.
  client.on('error', () => undefined)
  return client
}

async function counted(
  reader: StoreReader,
  client: pg.Client,
  keys: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = new Map<string, number>()
  await within(reader, STATEMENT_MS, () => client.query('begin transaction isolation level repeatable read read only'))
  for (let start = 0; start < keys.length; start += CHUNK) {
    const chunk = keys.slice(start, start + CHUNK)
    const answer = await within(reader, STATEMENT_MS, () => client.query<{ key: unknown }>(reader.query, [chunk]))
    if (!answer.fields.some(({ name }) => name === 'key')) {
      throw new HarnessError('PROBE_UNREACHABLE', 'its query gives no column "key"')
    }
    for (const { key } of answer.rows) rows.set(String(key), (rows.get(String(key)) ?? 0) + 1)
  }
  return rows
}

async function within<T>({ name, clock, signal }: StoreReader, ms: number, work: () => Promise<T>): Promise<T> {
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
