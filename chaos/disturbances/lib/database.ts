// Sessions of a disturbance at PostgreSQL, each known by its application name, and gone when their process is.
import pg from 'pg'

/** A session that nobody misses when the database ends it; what goes wrong with it is told by its next query. */
export async function session(url: string, name: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: name })
  client.on('error', () => undefined)
  await client.connect()
  // A server that runs a long statement would not notice that nobody waits for it any more.
  await client.query('set client_connection_check_interval = 1000')
  return client
}

/** The first column of the first row. */
export async function one(client: pg.Client, sql: string, values: unknown[] = []): Promise<unknown> {
  const { rows } = await client.query({ text: sql, values, rowMode: 'array' })
  return (rows as unknown[][])[0]?.[0]
}

/** Closes what can be closed; a server that is gone has closed it. */
export async function closeAll(clients: readonly pg.Client[]): Promise<void> {
  await Promise.allSettled(clients.map((client) => client.end()))
}
