// Posts a message to the sender of its channel and judges the answer: taken, not now, or never.
import { call, HttpCallError, type HttpAnswer } from '../kit/http-call.ts'
import { askedFor } from './backoff.ts'
import { formFor, type Message } from './message.ts'
import type { NotificationSettings } from './settings.ts'
import type { Channel } from './words.ts'

/** What one attempt came to; `asked` (ms) is how long the other side wants to be left alone. */
export type Attempt =
  | { readonly outcome: 'sent' }
  | { readonly outcome: 'later'; readonly reason: string; readonly asked: number }
  | { readonly outcome: 'failed'; readonly reason: string }

/** A message on its way; `delivery` tells the other side that two posts of it are one. */
export interface Posting {
  readonly delivery: string
  readonly channel: Channel
  readonly message: Message
}

/** Answers that a later attempt may not get. */
const PASSING = new Set([408, 425, 429])

/** Makes one attempt; what it came to is never an exception of the other side. */
export async function post(settings: NotificationSettings, { delivery, channel, message }: Posting): Promise<Attempt> {
  // What is stored can be read here: nothing has to go anywhere.
  if (channel === 'InApp') return { outcome: 'sent' }
  const url = settings.senderUrls[channel]
  if (url === undefined) return { outcome: 'failed', reason: `there is no sender for ${channel}` }
  try {
    const answer = await call({
      peer: settings.senderPeer,
      method: 'POST',
      url,
      deadline: settings.senderTimeout,
      headers: { 'content-type': 'application/json', 'idempotency-key': delivery },
      body: JSON.stringify(formFor(channel, message)),
    })
    return judge(channel, answer)
  } catch (error) {
    if (!(error instanceof HttpCallError)) throw error
    return { outcome: 'later', reason: error.message, asked: 0 }
  }
}

function judge(channel: Channel, { status, headers }: HttpAnswer): Attempt {
  if (status >= 200 && status < 300) return { outcome: 'sent' }
  const reason = `the sender for ${channel} answered ${status}`
  if (status < 500 && !PASSING.has(status)) return { outcome: 'failed', reason }
  return { outcome: 'later', reason, asked: askedFor(headers['retry-after']) }
}
