// The form in which each channel takes a message.
import type { Channel, NotificationType, Priority } from './words.ts'

/** What is to be told, to whom. */
export interface Message {
  readonly notification_id: string
  readonly title: string
  readonly message: string
  readonly notification_type: NotificationType
  readonly priority: Priority
  readonly recipients: readonly string[]
  readonly metadata: unknown
}

const CARD = { '@type': 'MessageCard', '@context': 'https://schema.org/extensions' }

const FORMS: Readonly<Record<Exclude<Channel, 'InApp'>, (message: Message) => object>> = {
  Email: ({ recipients, title, message }) => ({ to: recipients, subject: title, body: message }),
  Sms: ({ recipients, title, message }) => ({ to: recipients, text: `${title}: ${message}`.slice(0, 480) }),
  Slack: ({ title, message }) => ({ text: `*${title}*\n${message}` }),
  Teams: ({ title, message }) => ({ ...CARD, title, text: message }),
  Discord: ({ title, message }) => ({ content: `**${title}**\n${message}`.slice(0, 2000) }),
  Push: ({ recipients, title, message }) => ({ to: recipients, title, body: message }),
  Webhook: ({ notification_id, title, message, notification_type, priority, recipients, metadata }) => {
    return { notification_id, title, message, notification_type, priority, recipients, metadata }
  },
}

/** The body to post; InApp is read here and posted nowhere. */
export function formFor(channel: Exclude<Channel, 'InApp'>, message: Message): object {
  return FORMS[channel](message)
}
