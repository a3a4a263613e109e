// The body Alertmanager sends to a webhook (version 4), and the delivery it proves.
import { z } from 'zod'
import type { EvidenceOf, Notification } from '../model/evidence.ts'
import { readBody } from './read-body.ts'

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
export function webhookDelivery(receiver: string, text: string): EvidenceOf<'delivery'> {
  const read = readBody('a webhook of version 4', body, text)
  const { groupKey, alerts } = read
  const value = { receiver, channel: 'webhook', groupKey, notifications: alerts.map(notificationOf), text: wordsOf(alerts) } as const
  const missing = doubtOf(receiver, read)
  return { probe: 'delivery', value, covered: missing === undefined, ...(missing === undefined ? {} : { missing }) }
}

/** A webhook renders nothing itself: what whoever takes it can show of each alert. */
function wordsOf(alerts: readonly z.infer<typeof alert>[]): string {
  return alerts.map(({ annotations }) => `${annotations.summary ?? ''}\n${annotations.description ?? ''}`.trimEnd()).join('\n')
}

function notificationOf({ status, labels: all, annotations, startsAt }: z.infer<typeof alert>): Notification {
  const { alertname = '', ...labels } = all
  return { alert: alertname, status, labels, annotations, startsAt: Date.parse(startsAt) }
}

function doubtOf(receiver: string, { receiver: named, truncatedAlerts }: z.infer<typeof body>): string | undefined {
  if (named !== receiver) return `Alertmanager called the path of ${receiver} for its receiver ${named}`
  return truncatedAlerts > 0 ? `Alertmanager left ${truncatedAlerts} alerts out of the notification` : undefined
}
