// Sends what is due, most urgent first, and tries again what did not go; a process that dies loses nothing.
import { SpanKind } from '@opentelemetry/api'
import type { Database, Query } from '../kit/database.ts'
import type { Outbox } from '../kit/outbox.ts'
import { createRounds, type Rounds } from '../kit/rounds.ts'
import { inLinkedSpan, linksTo, untraced, type Carrier } from '../kit/span.ts'
import { pauseBefore } from './backoff.ts'
import type { DeliveryMeter } from './delivery-meter.ts'
import type { Message } from './message.ts'
import { post, type Attempt } from './sender.ts'
import type { NotificationSettings } from './settings.ts'
import { lockNotification, settleStatus } from './standing.ts'
import type { Channel } from './words.ts'

/** What the dispatcher works with. */
export interface DispatcherParts {
  readonly settings: NotificationSettings
  readonly database: Database
  readonly outbox: Outbox
  readonly meter: DeliveryMeter
  warn(message: string): void
}

/** A delivery that is ours for now. */
interface Due extends Message {
  readonly delivery: string
  readonly channel: Channel
  readonly attempts: number
  readonly context: Carrier
  /** True when there are channels of this type and none is enabled. */
  readonly disabled: boolean
}

/** How many deliveries are made at once. */
const TOGETHER = 20
/** Something scheduled may come due any second. */
const PAUSES = [50, 500, 1000]

const CLAIM = `
with due as (
  select id from notification.deliveries where status = 'pending' and due_at <= now()
  order by rank desc, due_at limit $1 for update skip locked
), ours as (
  update notification.deliveries d set attempts = attempts + 1, due_at = now() + make_interval(secs => $2)
  from due where d.id = due.id returning d.*
)
select o.id as delivery, o.channel, o.attempts, n.id as notification_id, n.title, n.message, n.notification_type,
  n.priority, n.recipients, n.metadata, n.context,
  coalesce(
    (select not bool_or(enabled) from notification.channels c where c.channel_type = o.channel), false
  ) as disabled
from ours o join notification.notifications n on n.id = o.notification_id`

/** Makes the dispatcher; nothing is sent before start. */
export function createDispatcher(parts: DispatcherParts): Rounds {
  const { database, settings, warn } = parts
  return createRounds({
    work: async () => {
      const lease = (settings.senderTimeout + settings.senderLease) / 1000
      const due = await untraced(() => database.query<Due>(CLAIM, [TOGETHER, lease]))
      await Promise.all(due.map((one) => deliver(parts, one)))
      return due.length === TOGETHER
    },
    pauses: PAUSES,
    failed: (error) => warn(`notifications wait: ${error.message}`),
  })
}

/** One delivery, in a span linked to the request that asked for it. */
function deliver(parts: DispatcherParts, due: Due): Promise<void> {
  const attributes = { 'notification.channel': due.channel, 'notification.attempt': due.attempts }
  const span = { name: 'deliver notification', kind: SpanKind.CONSUMER, attributes, links: linksTo(due.context) }
  return inLinkedSpan(span, async () => {
    const started = performance.now()
    const attempt = limited(parts.settings, due, await attemptOf(parts.settings, due))
    await parts.database.transaction((query) => settle(parts, query, { due, attempt }))
    parts.outbox.wake()
    parts.meter.attempt(due.channel, attempt.outcome, (performance.now() - started) / 1000)
  })
}

async function attemptOf(settings: NotificationSettings, due: Due): Promise<Attempt> {
  if (due.disabled) return { outcome: 'failed', reason: `${due.channel} is disabled` }
  return post(settings, { delivery: due.delivery, channel: due.channel, message: due })
}

/** There is an end of trying. */
function limited({ sendAttempts }: NotificationSettings, { attempts }: Due, attempt: Attempt): Attempt {
  if (attempt.outcome !== 'later' || attempts < sendAttempts) return attempt
  return { outcome: 'failed', reason: `given up after ${attempts} attempts: ${attempt.reason}` }
}

interface Settled {
  readonly due: Due
  readonly attempt: Attempt
}

/** A delivery that was cancelled meanwhile stays so. */
const SETTLE = `
update notification.deliveries
set status = $2::varchar, last_error = $3, due_at = now() + make_interval(secs => $4),
  sent_at = case when $2::varchar = 'sent' then now() end
where id = $1 and status = 'pending'`

async function settle({ settings, outbox }: DispatcherParts, query: Query, { due, attempt }: Settled): Promise<void> {
  const before = await lockNotification(query, due.notification_id)
  const status = attempt.outcome === 'later' ? 'pending' : attempt.outcome
  const reason = attempt.outcome === 'sent' ? null : attempt.reason.slice(0, 500)
  const limits = { base: settings.retryBase, cap: settings.retryCap, asked: 'asked' in attempt ? attempt.asked : 0 }
  await query(SETTLE, [due.delivery, status, reason, pauseBefore(due.attempts, limits) / 1000])
  const { id, status: now, channels } = await settleStatus(query, { ...before, status: 'Pending' })
  if (now === before.status || (now !== 'Sent' && now !== 'Failed')) return
  const type = `notification.${now.toLowerCase()}`
  await outbox.add(query, { type, subject: id, payload: { notification_id: id, channels } })
}
