// The body Alertmanager sends to a webhook (version 4), and the delivery it proves.
import { z } from 'zod'
import { HarnessError } from '../errors.ts'
import type { EvidenceOf, Notification } from '../model/evidence.ts'

const labels = z.record(z.string(), z.string()).default({})
const time = z.iso.datetime({ offset: true })
const alert = z.object({ status: z.enum(['firing', 'resolved']), labels, annotations: labels, startsAt: time })
const body = z.object({
  version: z.literal('4'),
  receiver: z.string(),
  groupKey: z.string(),
  truncatedAlerts: z.number().default(0),
  alerts: z.array(alert).min(1),
})

/** The delivery to the receiver whose path was called. Throws with the first thing that is wrong with the body. */
export function deliveryOf(receiver: string, text: string): EvidenceOf<'delivery'> {
  const read = body.safeParse(json(text))
  if (!read.success) {
    const [issue] = read.error.issues
    const where = issue?.path.join('.') || 'body'
    throw new HarnessError('PROBE_UNREACHABLE', `not a webhook of version 4: ${where}: ${issue?.message}`)
  }
  const { groupKey, alerts } = read.data
  const value = { receiver, groupKey, notifications: alerts.map(notificationOf) }
  const missing = doubtOf(receiver, read.data)
  return { probe: 'delivery', value, covered: missing === undefined, ...(missing === undefined ? {} : { missing }) }
}

function notificationOf({ status, labels: all, annotations, startsAt }: z.infer<typeof alert>): Notification {
  const { alertname = '', ...labels } = all
  return { alert: alertname, status, labels, annotations, startsAt: Date.parse(startsAt) }
}

function doubtOf(receiver: string, { receiver: named, truncatedAlerts }: z.infer<typeof body>): string | undefined {
  if (named !== receiver) return `Alertmanager called the path of ${receiver} for its receiver ${named}`
  return truncatedAlerts > 0 ? `Alertmanager left ${truncatedAlerts} alerts out of the notification` : undefined
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
