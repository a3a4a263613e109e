// Shows how many users have been about of late, and a week before: counted in the sessions, anew every now and then.
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

/** Within the last window, and within that of a week before: a session spans from its making to its latest use. */
const COUNT = `select
  (select count(distinct user_id)::int from auth.user_sessions
    where last_used_at > now() - make_interval(secs => $1)) as latest,
  (select count(distinct user_id)::int from auth.user_sessions
    where created_at <= now() - make_interval(secs => $1 * 7)
      and last_used_at > now() - make_interval(secs => $1 * 8)) as week_before`

interface Counted {
  readonly latest: number
  readonly week_before: number
}

/**
 * Exports auth_active_users and auth_active_users_week_before. A count that fails takes the series away: nobody knows how
 * many there are then.
 */
export function createActiveUsers({ settings, database, metrics, warn }: ActiveUsersParts): ActiveUsers {
  const { service, registry } = metrics
  const gauge = (name: string, help: string) => new Gauge({ name, help, labelNames: ['service'], registers: [registry] })
  const latest = gauge('auth_active_users', 'Distinct users who used a session within the last day.')
  const before = gauge('auth_active_users_week_before', 'Distinct users who used a session on the same day a week before.')
  const window = settings.activeUsersWindow / 1000
  let timer: NodeJS.Timeout | undefined
  const count = async (): Promise<void> => {
    try {
      const [row] = await untraced(() => database.query<Counted & Record<string, unknown>>(COUNT, [window]))
      latest.set({ service }, row?.latest ?? 0)
      before.set({ service }, row?.week_before ?? 0)
    } catch (error) {
      for (const one of [latest, before]) one.remove({ service })
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
