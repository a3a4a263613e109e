// The notification service's settings.
import { callerSettings, type CallerSettings } from '../kit/caller.ts'
import { commonSettings, databaseSettings, type CommonSettings, type DatabaseSettings } from '../kit/common-settings.ts'
import { outboxSettings, type OutboxSettings } from '../kit/outbox.ts'
import { redisSettings, type RedisSettings } from '../kit/redis.ts'
import { address, duration, number, text, type Setting, type Shape } from '../kit/settings.ts'
import { consumerSettings, type ConsumerSettings } from '../kit/stream-consumer.ts'
import { CHANNELS, type Channel } from './words.ts'

/** Where each channel's messages are posted; a channel without an address cannot send. */
export type SenderUrls = Readonly<Partial<Record<Channel, string>>>

/** All settings of the notification service; times in ms unless the name says otherwise. */
export interface NotificationSettings
  extends CommonSettings, DatabaseSettings, CallerSettings, OutboxSettings, RedisSettings, ConsumerSettings {
  readonly senderUrls: SenderUrls
  /** What traces call the other end of all senders. */
  readonly senderPeer: string
  readonly senderTimeout: number
  /** How long, beyond the sender's own time, a delivery belongs to the process that makes it. */
  readonly senderLease: number
  readonly sendAttempts: number
  readonly retryBase: number
  readonly retryCap: number
  readonly maxBulk: number
  readonly alertChannels: readonly Channel[]
  readonly alertRecipients: readonly string[]
  readonly defaultChannels: readonly Channel[]
  readonly queueRefresh: number
  readonly retentionDays: number
}

/** How each setting is read; without REDIS_URL no events are taken from streams. */
export const notificationShape: Shape<NotificationSettings> = {
  ...commonSettings('notification', 8085),
  ...databaseSettings(10),
  ...callerSettings('notification'),
  ...outboxSettings('notification'),
  ...redisSettings(''),
  ...consumerSettings('notification'),
  senderUrls,
  senderPeer: text('SENDER_PEER', { fallback: 'sink' }),
  senderTimeout: duration('SENDER_TIMEOUT', '5s'),
  senderLease: duration('SENDER_LEASE', '10s'),
  sendAttempts: number('NOTIFICATION_MAX_ATTEMPTS', { fallback: 12, min: 1, max: 100 }),
  retryBase: duration('NOTIFICATION_RETRY_BASE', '1s'),
  retryCap: duration('NOTIFICATION_RETRY_CAP', '5m'),
  maxBulk: number('NOTIFICATION_MAX_BULK', { fallback: 100, min: 1, max: 1000 }),
  alertChannels: channels('ALERT_CHANNELS'),
  alertRecipients: (env, problems) => listOf(text('ALERT_RECIPIENTS', { fallback: 'operations' })(env, problems)),
  defaultChannels: channels('DEFAULT_CHANNELS'),
  queueRefresh: duration('QUEUE_REFRESH', '10s'),
  retentionDays: number('EVENT_RETENTION_DAYS', { fallback: 30, min: 0.001 }),
}

/** One address for all, SENDER_URL, under which each channel has a path, or one per channel: SLACK_SENDER_URL. */
function senderUrls(env: Parameters<Setting<unknown>>[0], problems: string[]): SenderUrls {
  const base = address('SENDER_URL', ['http'], '')(env, problems)
  const entries = CHANNELS.map((channel) => {
    const common = base === '' ? '' : `${base}/${channel.toLowerCase()}`
    return [channel, address(`${channel.toUpperCase()}_SENDER_URL`, ['http'], common)(env, problems)]
  })
  return Object.fromEntries(entries.filter(([, url]) => url !== '')) as SenderUrls
}

function listOf(value: string): string[] {
  return value.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]))
}

/** A comma list of channels; InApp needs no sender. */
function channels(name: string): Setting<readonly Channel[]> {
  return (env, problems) => {
    const names = listOf(text(name, { fallback: 'InApp' })(env, problems))
    return names.flatMap((wanted) => {
      const known = CHANNELS.find((channel) => channel === wanted)
      if (known === undefined) problems.push(`${name} names '${wanted}', known are ${CHANNELS.join(', ')}`)
      return known === undefined ? [] : [known]
    })
  }
}
