// Counts the statements of a service, and times those that have a connection: the wait for one is the pool's affair.
import { Counter, Histogram } from 'prom-client'
import type { Metrics } from './metrics.ts'

/** What becomes of statements. */
export interface StatementMeter {
  /** A statement is wanted, whether or not there is a connection for it. */
  wanted(operation: string): void
  /** Runs a statement that has its connection; how long that takes counts, and more so when it fails. */
  timed<T>(work: () => Promise<T>): Promise<T>
}

/** Past the longest a statement may take, so that even a p95 of statements that were given up is a number. */
const BUCKETS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 7.5, 10, 15]

/** Exports database_queries_total and database_query_duration_seconds for that database. */
export function createStatementMeter({ service, registry }: Metrics, database: string): StatementMeter {
  const total = new Counter({
    name: 'database_queries_total',
    help: 'Statements sent to the database, failed ones included.',
    labelNames: ['service', 'database', 'query_type'],
    registers: [registry],
  })
  const duration = new Histogram({
    name: 'database_query_duration_seconds',
    help: 'Time a statement took once it had a connection; failed and given up ones included.',
    labelNames: ['service'],
    buckets: BUCKETS,
    registers: [registry],
  })
  duration.zero({ service })
  return {
    wanted: (operation) => total.inc({ service, database, query_type: operation.toLowerCase() }),
    timed: async (work) => {
      const end = duration.startTimer({ service })
      try {
        return await work()
      } finally {
        end()
      }
    },
  }
}
