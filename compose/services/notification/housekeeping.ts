// Counts now and then what waits to be delivered, and forgets events that were taken long ago.
import { createRounds, type Rounds } from '../kit/rounds.ts'
import { untraced } from '../kit/span.ts'
import { forgetOld } from './intake.ts'
import type { DispatcherParts } from './dispatcher.ts'
import type { Channel } from './words.ts'

const SIZES = `select channel, count(*)::int as size from notification.deliveries
where status = 'pending' and due_at <= now() group by channel`

/** Makes the housekeeping; nothing runs before start. */
export function createHousekeeping({ settings, database, meter, warn }: DispatcherParts): Rounds {
  return createRounds({
    work: async () => {
      const rows = await untraced(() => database.query<{ channel: Channel; size: number }>(SIZES))
      meter.waiting(new Map(rows.map(({ channel, size }) => [channel, size])))
      return untraced(() => forgetOld(database, settings.retentionDays))
    },
    pauses: [settings.queueRefresh],
    failed: (error) => warn(`the queue could not be counted: ${error.message}`),
  })
}
