// Sends, shows, lists and retries notifications.
import type { FastifyInstance } from 'fastify'
import { fieldsOf, jsonBody, jsonObject, uuidParam } from '../kit/fields.ts'
import { Refusal } from '../kit/refusal.ts'
import { readDraft } from './draft.ts'
import { listNotifications } from './list.ts'
import { refuse } from './refusals.ts'
import { deliveryJson, notificationJson, receiptJson } from './row.ts'
import { retry } from './standing.ts'
import { deliveriesOf, notificationById, storeNotification } from './store.ts'
import type { NotificationWorld } from './world.ts'

/** The routes under /notifications. */
export function notificationRoutes(app: FastifyInstance, world: NotificationWorld): void {
  const { database, dispatcher, callerOf } = world
  const send = async (body: unknown, by: string): Promise<object> => {
    const { row } = await storeNotification(database.query, readDraft(jsonObject(body)), by)
    dispatcher.wake()
    return receiptJson(row)
  }
  app.post('/notifications', (request) => send(jsonBody(request), callerOf(request).userId))
  app.post('/notifications/bulk', async (request) => {
    const items = fieldsOf(jsonBody(request)).list('notifications')
    const { maxBulk } = world.settings
    const size = items.length
    if (size > maxBulk) throw refuse('LIMIT_EXCEEDED', `At most ${maxBulk} at once are allowed, not ${size}`)
    return sendAll(items, (item) => send(item, callerOf(request).userId))
  })
  app.get('/notifications', (request) => listNotifications(world, request))
  app.get('/notifications/:id', async (request) => {
    return notificationJson(await notificationById(database.query, uuidParam(request)))
  })
  app.get('/notifications/:id/status', async (request) => {
    const row = await notificationById(database.query, uuidParam(request))
    return { ...receiptJson(row), channels: (await deliveriesOf(database.query, row.id)).map(deliveryJson) }
  })
  app.post('/notifications/:id/retry', async (request) => {
    const id = uuidParam(request)
    const row = await database.transaction((query) => retry(query, id))
    dispatcher.wake()
    return receiptJson(row)
  })
}

/** One by one: an item that is refused is reported and does not hold up the others. */
async function sendAll(items: readonly unknown[], send: (item: unknown) => Promise<object>): Promise<object> {
  const created: object[] = []
  const failed: object[] = []
  for (const [index, item] of items.entries()) {
    try {
      created.push(await send(item))
    } catch (error) {
      // Only a definite no belongs to the item; a broken database fails the request.
      if (!(error instanceof Refusal) || error.status >= 500) throw error
      failed.push({ index, code: error.code, error: error.message })
    }
  }
  return { total_created: created.length, total_failed: failed.length, notifications: created, failed }
}
