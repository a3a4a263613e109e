// Each channel gets the message in its own form.
import { expect, it } from 'vitest'
import { formFor, type Message } from './message.ts'

const MESSAGE: Message = {
  notification_id: 'n',
  title: 'T',
  message: 'M',
  notification_type: 'Info',
  priority: 'Low',
  recipients: ['a@lab.test'],
  metadata: null,
}

it.each([
  ['Email', { to: ['a@lab.test'], subject: 'T', body: 'M' }],
  ['Sms', { to: ['a@lab.test'], text: 'T: M' }],
  ['Slack', { text: '*T*\nM' }],
  ['Teams', { '@type': 'MessageCard', '@context': 'https://schema.org/extensions', title: 'T', text: 'M' }],
  ['Discord', { content: '**T**\nM' }],
  ['Push', { to: ['a@lab.test'], title: 'T', body: 'M' }],
  ['Webhook', MESSAGE],
] as const)('%s', (channel, form) => {
  expect(formFor(channel, MESSAGE)).toEqual(form)
})
