// Where Alertmanager posts to; told again of the same alert, as it does by design, nobody is told again.
import type { FastifyInstance } from 'fastify'
import { jsonBody } from '../kit/fields.ts'
import { draftsOfAlerts } from './alert.ts'
import { storeNotification } from './store.ts'
import type { NotificationWorld } from './world.ts'

/** POST /webhook/alerts; all alerts of a message are stored, or none and Alertmanager tries again. */
export function alertRoutes(app: FastifyInstance, world: NotificationWorld): void {
  const { database, dispatcher, settings, callerOf } = world
  // The shipped defect: Alertmanager posts to a path that nobody serves.
  if (settings.defects.has('no-alert-webhook')) return
  app.post('/webhook/alerts', async (request) => {
    const drafts = draftsOfAlerts(jsonBody(request), settings)
    const by = callerOf(request).userId
    const stored = await database.transaction(async (query) => {
      const results = []
      for (const draft of drafts) results.push(await storeNotification(query, draft, by))
      return results
    })
    dispatcher.wake()
    const created = stored.filter(({ fresh }) => fresh).map(({ row }) => row.id)
    const duplicates = drafts.length - created.length
    return { success: true, received: drafts.length, duplicates, notifications: created }
  })
}
