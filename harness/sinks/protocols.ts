// What is spoken at a path: /slack/<receiver>, /pagerduty/<receiver>, and Alertmanager's own webhooks at /<receiver>.
import type { EvidenceOf } from '../model/evidence.ts'
import { accepted, pagerdutyDelivery, refused } from './pagerduty-body.ts'
import { slackDelivery } from './slack-body.ts'
import { webhookDelivery } from './webhook-body.ts'

export interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string
}

export interface Protocol {
  delivery(receiver: string, text: string): EvidenceOf<'delivery'>
  /** The answer to what was taken. */
  taken(text: string): Answer
  /** The body of the answer to what was not. */
  refusal(why: string): Pick<Answer, 'type' | 'body'>
}

const plain = (body: string) => ({ type: 'text/plain', body })
const json = (body: string) => ({ type: 'application/json', body })

const webhook: Protocol = { delivery: webhookDelivery, taken: () => ({ status: 200, ...plain('') }), refusal: () => plain('') }
const slack: Protocol = { delivery: slackDelivery, taken: () => ({ status: 200, ...plain('ok') }), refusal: () => plain('invalid_payload') }
const pagerduty: Protocol = {
  delivery: pagerdutyDelivery,
  taken: (text) => ({ status: 202, ...json(accepted(text)) }),
  refusal: (why) => json(refused(why)),
}
const PREFIXED: Readonly<Record<string, Protocol>> = { slack, pagerduty }

/** Throws when the path is not well encoded. */
export function protocolOf(url: string): { readonly protocol: Protocol; readonly receiver: string } {
  const path = decodeURIComponent(url.slice(1).replace(/\?.*$/, ''))
  const [, prefix = '', rest = ''] = /^([^/]+)\/(.+)$/.exec(path) ?? []
  const known = PREFIXED[prefix]
  return known === undefined ? { protocol: webhook, receiver: path } : { protocol: known, receiver: rest }
}
