// Prepares a service's tables: waits a bounded time for a database that is not there yet, then says why it gave up.
import { DatabaseUnavailable } from './pool.ts'

/** How long to try (ms), and when to stop trying because the process is ending. */
export interface Patience {
  readonly timeout: number
  stopping(): boolean
  waiting(message: string): void
}

const PAUSE = 250

/** Repeats `work` while the database is unreachable; any other error, or no success in time, is thrown. */
export async function whenDatabaseIsThere(work: () => Promise<void>, patience: Patience): Promise<void> {
  const deadline = Date.now() + patience.timeout
  while (!patience.stopping()) {
    const problem = await attempt(work)
    if (problem === undefined) return
    if (Date.now() + PAUSE > deadline) {
      throw new Error(`the database was not usable for ${patience.timeout} ms: ${problem.message}`, { cause: problem })
    }
    patience.waiting(problem.message)
    await new Promise((resolve) => setTimeout(resolve, PAUSE))
  }
}

async function attempt(work: () => Promise<void>): Promise<Error | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    if (error instanceof DatabaseUnavailable && !isHopeless(error.cause)) return error
    throw error
  }
}

/** Wrong password, unknown role or database: waiting does not help. */
function isHopeless(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && /^(28|3D)/.test(String(cause.code))
}
