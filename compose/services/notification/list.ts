// Lists notifications, newest first.
import type { FastifyRequest } from 'fastify'
import { pageOf, queryOf } from '../kit/query.ts'
import { notificationJson, type NotificationRow } from './row.ts'
import { PRIORITIES, STATUSES, TYPES } from './words.ts'
import type { NotificationWorld } from './world.ts'

const PAGES = { size: 'page_size', fallback: 20, max: 100 }
const WHERE = `
where ($1::text is null or status = $1) and ($2::text is null or notification_type = $2)
  and ($3::text is null or priority = $3) and ($4::text is null or $4 = any(recipients))`
const COUNT = `select count(*)::int as total from notification.notifications ${WHERE}`
const PAGE = `select * from notification.notifications ${WHERE} order by created_at desc, id limit $5 offset $6`

/** Answers GET /notifications. */
export async function listNotifications({ database }: NotificationWorld, request: FastifyRequest): Promise<object> {
  const asked = queryOf(request, 'VALIDATION_ERROR')
  const { page, size, offset } = pageOf(asked, PAGES)
  const filters = [
    asked.word('status', STATUSES),
    asked.word('notification_type', TYPES),
    asked.word('priority', PRIORITIES),
    asked.text('recipient'),
  ]
  const [count] = await database.query<{ total: number }>(COUNT, filters)
  const rows = await database.query<NotificationRow>(PAGE, [...filters, size, offset])
  const total = count?.total ?? 0
  const pages = { page, page_size: size, total_pages: Math.ceil(total / size) }
  return { notifications: rows.map(notificationJson), total, ...pages }
}
