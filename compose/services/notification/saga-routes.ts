// What transactions ask for: to send one notification per transaction, and to take it back.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Query } from '../kit/database.ts'
import { isUuid, jsonBody, type JsonObject } from '../kit/fields.ts'
import { typedFieldsOf } from '../kit/typed-fields.ts'
import { readRecipients, type NotificationDraft } from './draft.ts'
import { refuse } from './refusals.ts'
import { cancel } from './standing.ts'
import { storeNotification } from './store.ts'
import type { Priority } from './words.ts'
import type { NotificationWorld } from './world.ts'

/** POST /api/v1/notifications/send and /cancel, known by the transaction in the header X-Transaction-ID. */
export function sagaRoutes(app: FastifyInstance, world: NotificationWorld): void {
  const { database, dispatcher, settings, callerOf } = world
  app.post('/api/v1/notifications/send', async (request) => {
    const body = jsonBody(request)
    const transaction = transactionOf(request)
    const { row } = await database.transaction(async (query) => {
      await refuseCancelled(query, transaction)
      const draft = await readWish(query, body, settings.defaultChannels)
      const key = transaction === null ? {} : { source_key: `transaction:${transaction}`, transaction_id: transaction }
      return storeNotification(query, { ...draft, ...key }, callerOf(request).userId)
    })
    dispatcher.wake()
    return { success: true, data: { notification_ids: [row.id], status: row.status } }
  })
  app.post('/api/v1/notifications/cancel', async (request) => {
    const fields = typedFieldsOf(jsonBody(request))
    const named = fields.optionalTexts('notification_ids', { max: 100, length: 36 }) ?? []
    fields.done('VALIDATION_ERROR')
    const transaction = transactionOf(request)
    const cancelled = await database.transaction((query) => takeBack(query, named.filter(isUuid), transaction))
    // Where the wish itself may still be on its way there was nothing to find, and there will be nothing to send.
    if (cancelled.length === 0) throw refuse('NOTIFICATION_NOT_FOUND', 'There is no such notification')
    return { success: true, data: { cancelled } }
  })
}

function transactionOf(request: FastifyRequest): string | null {
  const id = request.headers['x-transaction-id']
  return typeof id === 'string' && /^[\w.-]{1,100}$/.test(id) ? id : null
}

/** Held until the end of our own transaction, so that sending and cancelling cannot pass each other unseen. */
const LOCK = 'select pg_advisory_xact_lock(7206010, hashtext($1))'

async function refuseCancelled(query: Query, transaction: string | null): Promise<void> {
  if (transaction === null) return
  await query(LOCK, [transaction])
  const sql = 'select 1 from notification.cancelled_transactions where transaction_id = $1'
  if ((await query(sql, [transaction])).length > 0) throw refuse('CONFLICT', 'The transaction was cancelled')
}

async function takeBack(query: Query, named: readonly string[], transaction: string | null): Promise<string[]> {
  if (transaction !== null) {
    await query(LOCK, [transaction])
    const sql = 'insert into notification.cancelled_transactions (transaction_id) values ($1) on conflict do nothing'
    await query(sql, [transaction])
  }
  const found = await query<{ id: string }>(
    'select id from notification.notifications where id = any($1::uuid[]) or transaction_id = $2 order by id',
    [named, transaction],
  )
  for (const { id } of found) await cancel(query, id)
  return found.map(({ id }) => id)
}

const PRIORITIES: Readonly<Record<string, Priority>> = { low: 'Low', normal: 'Medium', high: 'High', urgent: 'Urgent' }

/** The form transactions use: a template by name, filled from the context; an unknown one is the context itself. */
async function readWish(
  query: Query,
  body: JsonObject,
  channels: NotificationDraft['channels'],
): Promise<NotificationDraft> {
  const fields = typedFieldsOf(body)
  const type = fields.text('type', { min: 1, max: 100 })
  const name = fields.optionalText('template', { max: 100 })
  const context = fields.optionalObject('context') ?? {}
  const recipients = readRecipients(fields)
  const priority = PRIORITIES[fields.optionalText('priority', { max: 20 }) ?? 'normal'] ?? 'Medium'
  fields.done('VALIDATION_ERROR')
  const [template] = await query<{ id: string }>('select id from notification.templates where name = $1', [name])
  return {
    title: type,
    message: JSON.stringify(context).slice(0, 10_000),
    notification_type: 'Info',
    priority,
    channels,
    recipients,
    template_id: template?.id ?? null,
    template_data: context,
    metadata: { type, template: name },
    scheduled_at: null,
  }
}
