// Shows how many users have been about of late, counted in the sessions, anew every now and then.
import { Gauge } from 'prom-client'
import type { Database } from '../kit/database.ts'
import type { Metrics } from '../kit/metrics.ts'
import { untraced } from '../kit/span.ts'
import type { AuthSettings } from './settings.ts'

/** What the count works with; `warn` hears of counts that came to nothing. */
export interface ActiveUsersParts {
  readonly settings: Pick<AuthSettings, 'activeUsersWindow' | 'activeUsersEvery'>
  readonly database: Pick<Database, 'query'>
  readonly metrics: Metrics
  warn(message: string): void
}

/** The running count. */
export interface ActiveUsers {
  start(): void
  stop(): void
}

const COUNT = `select count(distinct user_id)::int as users from auth.user_sessions
where last_used_at > now() - make_interval(secs => $1)`

/** Exports auth_active_users. A count that fails takes the series away: nobody knows how many there are then. */
export function createActiveUsers({ settings, database, metrics, warn }: ActiveUsersParts): ActiveUsers {
  const { service } = metrics
  const gauge = new Gauge({
    name: 'auth_active_users',
    help: 'Distinct users who used a session within the last day.',
    labelNames: ['service'],
    registers: [metrics.registry],
  })
  let timer: NodeJS.Timeout | undefined
  const count = async (): Promise<void> => {
    try {
      const [row] = await untraced(() => database.query<{ users: number }>(COUNT, [settings.activeUsersWindow / 1000]))
      gauge.set({ service }, row?.users ?? 0)
    } catch (error) {
      gauge.remove({ service })
      warn(`the active users could not be counted: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return {
    start: () => {
      void count()
      timer = setInterval(() => void count(), settings.activeUsersEvery)
    },
    stop: () => clearInterval(timer),
  }
}
