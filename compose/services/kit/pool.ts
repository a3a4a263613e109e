// Lends database connections: bounded waits, readable errors; a dead connection is thrown away, not lent again.
import { Client, DatabaseError, Pool, type ClientConfig, type PoolClient } from 'pg'
import type { DatabaseSettings } from './common-settings.ts'
import type { PoolNumbers } from './metrics.ts'

/** Thrown when no usable connection or no answer was had in time; the statement's fate may be unknown. */
export class DatabaseUnavailable extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'DatabaseUnavailable'
  }
}

/** A lent connection; `giveBack` must be called once, with the error that ended its use, if any. */
export interface Loan {
  readonly client: PoolClient
  giveBack(error?: unknown): void
}

/** A pool of connections. */
export interface Connections {
  borrow(): Promise<Loan>
  numbers(): PoolNumbers
  stop(): Promise<void>
}

/** Postgres classes that say the connection is over: connection exception, operator intervention, system error. */
const FATAL = /^(08|57P|58)/

/** True when the server itself refused the statement and the connection stays good. */
export function refusedByServer(error: unknown): error is DatabaseError {
  return error instanceof DatabaseError && !FATAL.test(error.code ?? '08')
}

/** Opens a pool; nothing is connected yet. `warn` hears of connections that died while idle. */
export function openPool(settings: DatabaseSettings, service: string, warn: (message: string) => void): Connections {
  const pool = new Pool({
    connectionString: settings.databaseUrl,
    Client: withOwnDeadline(settings.connectTimeout),
    application_name: service,
    max: settings.poolSize,
    connectionTimeoutMillis: settings.acquireTimeout,
    idleTimeoutMillis: 600_000,
    keepAlive: true,
    query_timeout: settings.queryTimeout,
    // A little earlier than our own deadline, so that a slow statement costs no connection.
    statement_timeout: Math.ceil(settings.queryTimeout * 0.95),
    // A transaction cut off by the network must not keep its row locks.
    idle_in_transaction_session_timeout: settings.queryTimeout,
  })
  pool.on('error', (error) => warn(`an idle database connection was lost: ${error.message}`))
  const numbers = (): PoolNumbers => {
    const { totalCount, idleCount, waitingCount } = pool
    return { busy: totalCount - idleCount, idle: idleCount, waiting: waitingCount, max: settings.poolSize }
  }
  return {
    numbers,
    borrow: async () => {
      try {
        return lend(await pool.connect())
      } catch (error) {
        const { busy, max, waiting } = numbers()
        const message = error instanceof Error ? error.message : String(error)
        throw new DatabaseUnavailable(`no connection: ${message} (${busy} of ${max} busy, ${waiting} waiting)`, error)
      }
    },
    stop: () => pool.end(),
  }
}

/** Connecting has its own, shorter deadline: an attempt made while the network was dead must not outlive it long. */
function withOwnDeadline(connectTimeout: number): new (config?: ClientConfig) => Client {
  return class extends Client {
    constructor(config?: ClientConfig) {
      super({ ...config, connectionTimeoutMillis: connectTimeout })
    }
  }
}

function lend(client: PoolClient): Loan {
  let lost: Error | undefined
  const onError = (error: Error): void => {
    lost = error
  }
  // While lent, the pool does not listen, and an unheard error event would end the process.
  client.on('error', onError)
  return {
    client,
    giveBack: (error) => {
      client.off('error', onError)
      const dead = lost !== undefined || (error !== undefined && !refusedByServer(error))
      client.release(dead)
    },
  }
}
