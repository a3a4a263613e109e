// An event of PagerDuty's Events API v2, and the delivery it proves.
import { z } from 'zod'
import type { EvidenceOf } from '../model/evidence.ts'
import { readBody } from './read-body.ts'
import { deliveryOfText } from './told.ts'

/** What the real API asks of an event; what it does not ask, such as a payload with `resolve`, is asked only for its words. */
const body = z.object({
  routing_key: z.string().min(1),
  event_action: z.enum(['trigger', 'acknowledge', 'resolve']),
  dedup_key: z.string().min(1).max(255),
  payload: z.object({
    summary: z.string().min(1).max(1_024),
    source: z.string().min(1),
    severity: z.enum(['critical', 'error', 'warning', 'info']),
    custom_details: z.record(z.string(), z.unknown()).default({}),
  }),
})

/** The deduplication key is what PagerDuty knows a group of alerts by: the event that resolves it has the same. */
export function pagerdutyDelivery(receiver: string, sent: string): EvidenceOf<'delivery'> {
  const { dedup_key: groupKey, payload } = readBody('an event for PagerDuty', body, sent)
  const details = Object.entries(payload.custom_details).map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
  return deliveryOfText({ receiver, channel: 'pagerduty', groupKey, title: payload.summary, body: details.join('\n') })
}

/** As the real API answers an event that it took. */
export function accepted(sent: string): string {
  const { dedup_key } = readBody('an event for PagerDuty', body, sent)
  return JSON.stringify({ status: 'success', message: 'Event processed', dedup_key })
}

/** As it answers one that it did not take. */
export function refused(why: string): string {
  return JSON.stringify({ status: 'invalid event', message: 'Event object is invalid', errors: [why] })
}
