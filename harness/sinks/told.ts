// A delivery out of a text: what the channels without data of their own have in common.
import { HarnessError } from '../errors.ts'
import type { Channel } from '../model/criterion.ts'
import type { EvidenceOf } from '../model/evidence.ts'
import { alertLines } from './alert-lines.ts'

export interface Told {
  readonly receiver: string
  readonly channel: Channel
  /** What notifications of one group share, as far as the channel has such a thing. */
  readonly groupKey: string
  readonly title: string
  readonly body: string
}

/** Throws when the text does not say of any alert which one it is. */
export function deliveryOfText({ receiver, channel, groupKey, title, body }: Told): EvidenceOf<'delivery'> {
  const text = `${title}\n${body}`.trimEnd()
  const notifications = alertLines(text)
  if (notifications.length === 0) {
    const line = 'firing Name{label="value"} since 2026-11-21T07:00:00Z'
    throw new HarnessError('PROBE_UNREACHABLE', `the text names no alert; its template must have a line such as ${line}`)
  }
  return { probe: 'delivery', covered: true, value: { receiver, channel, groupKey, notifications, text } }
}
