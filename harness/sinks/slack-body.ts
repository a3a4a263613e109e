// The body of a Slack incoming webhook, and the delivery it proves.
import { z } from 'zod'
import type { EvidenceOf } from '../model/evidence.ts'
import { readBody } from './read-body.ts'
import { deliveryOfText } from './told.ts'

const text = z.string().default('')
const field = z.object({ title: text, value: text })
const attachment = z.object({ title: text, pretext: text, text, fields: z.array(field).default([]) })
const body = z.object({ text, attachments: z.array(attachment).default([]) })

/** Slack has no key for a group of alerts; the title says which it is. */
export function slackDelivery(receiver: string, sent: string): EvidenceOf<'delivery'> {
  const { text: words, attachments } = readBody('a message for Slack', body, sent)
  const title = attachments[0]?.title || words
  const parts = attachments.flatMap((one) => [one.pretext, one.text, ...one.fields.map((each) => `${each.title}: ${each.value}`)])
  return deliveryOfText({ receiver, channel: 'slack', groupKey: title, title, body: parts.filter((part) => part !== '').join('\n') })
}
