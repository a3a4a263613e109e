// Runs statements and transactions on the pool: each statement is a span and a count, each failure has a cause.
import type { QueryResultRow } from 'pg'
import type { DatabaseSettings } from './common-settings.ts'
import { exportPool, type Metrics, type PoolNumbers } from './metrics.ts'
import { DatabaseUnavailable, openPool, refusedByServer, type Connections, type Loan } from './pool.ts'
import { inClientSpan } from './span.ts'
import { createStatementMeter, type StatementMeter } from './statement-meter.ts'
import { nameStatement } from './statement.ts'

/** Runs one statement and returns its rows. */
export type Query = <Row extends QueryResultRow>(sql: string, values?: readonly unknown[]) => Promise<Row[]>

/** What a service needs of its database. */
export interface Database {
  /** One statement on a connection of its own. */
  readonly query: Query
  /** All statements of `work` or none; `work` may end it unhappily by throwing. */
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>
  /** What its pool looks like now. */
  numbers(): PoolNumbers
  stop(): Promise<void>
}

/** What a database reports to. */
export interface DatabaseObservers {
  readonly metrics: Metrics
  warn(message: string): void
}

/** Opens the service's database; connections are made when first needed. */
export function openDatabase(settings: DatabaseSettings, { metrics, warn }: DatabaseObservers): Database {
  const pool = openPool(settings, metrics.service, warn)
  const namespace = new URL(settings.databaseUrl).pathname.slice(1)
  exportPool(metrics, pool.numbers)
  const meter = createStatementMeter(metrics, namespace)
  const means: Means = { pool, observe: statementObserver(meter, namespace), execute: timedExecution(meter) }
  return {
    query: (sql, values) => means.observe(sql, () => once(pool, (loan) => means.execute(loan, sql, values))),
    transaction: (work) => transact(means, work),
    numbers: pool.numbers,
    stop: pool.stop,
  }
}

/** What statements are run with. */
interface Means {
  readonly pool: Connections
  readonly observe: Observe
  readonly execute: typeof execute
}

type Observe = <T>(sql: string, work: () => Promise<T>) => Promise<T>

function statementObserver(meter: StatementMeter, namespace: string): Observe {
  return (sql, work) => {
    const { operation, name } = nameStatement(sql)
    meter.wanted(operation)
    const attributes = {
      'peer.service': 'postgres',
      'db.system.name': 'postgresql',
      'db.namespace': namespace,
      'db.operation.name': operation,
      'db.query.text': sql,
    }
    return inClientSpan({ name, attributes }, work)
  }
}

function timedExecution({ timed }: StatementMeter): typeof execute {
  return (loan, sql, values) => timed(() => execute(loan, sql, values))
}

async function execute<Row>(loan: Loan, sql: string, values?: readonly unknown[]): Promise<Row[]> {
  try {
    return (await loan.client.query(sql, values === undefined ? undefined : [...values])).rows as Row[]
  } catch (error) {
    if (refusedByServer(error)) throw error
    throw new DatabaseUnavailable(`no answer: ${error instanceof Error ? error.message : String(error)}`, error)
  }
}

async function once<T>(pool: Connections, work: (loan: Loan) => Promise<T>): Promise<T> {
  const loan = await pool.borrow()
  return settle(loan, () => work(loan))
}

async function settle<T>(loan: Loan, work: () => Promise<T>): Promise<T> {
  try {
    const result = await work()
    loan.giveBack()
    return result
  } catch (error) {
    loan.giveBack(error)
    throw error
  }
}

/** The BEGIN span covers the wait for a connection, so that a transaction that never began shows in the trace too. */
async function transact<T>(means: Means, work: (query: Query) => Promise<T>): Promise<T> {
  const { observe, execute } = means
  const loan = await observe('begin', () => begin(means))
  const query: Query = (sql, values) => observe(sql, () => execute(loan, sql, values))
  let result: T
  try {
    result = await work(query)
    await query('commit')
  } catch (error) {
    await rollBack(loan, query, error)
    throw error
  }
  loan.giveBack()
  return result
}

async function begin({ pool, execute }: Means): Promise<Loan> {
  const loan = await pool.borrow()
  try {
    await execute(loan, 'begin')
    return loan
  } catch (error) {
    loan.giveBack(error)
    throw error
  }
}

/** On a dead connection there is nothing to roll back: the server does it when it notices. */
async function rollBack(loan: Loan, query: Query, cause: unknown): Promise<void> {
  if (cause instanceof DatabaseUnavailable) return loan.giveBack(cause)
  try {
    await query('rollback')
    loan.giveBack()
  } catch (error) {
    loan.giveBack(error)
  }
}
