// What may be asked for, and what is refused at once.
import { describe, expect, it } from 'vitest'
import { readDraft } from './draft.ts'

const WISH = {
  title: 'T',
  message: 'M',
  notification_type: 'Info',
  channels: ['Email', 'Slack', 'Email'],
  recipients: ['a@lab.test', 'a@lab.test'],
}

it('is read with each channel and recipient once, and Medium when nothing is said', () => {
  expect(readDraft(WISH)).toMatchObject({
    priority: 'Medium',
    channels: ['Email', 'Slack'],
    recipients: ['a@lab.test'],
    scheduled_at: null,
  })
})

it('needs no texts of its own with a template', () => {
  const { title: _title, message: _message, ...rest } = WISH
  const template_id = '00000000-0000-4000-8000-000000000000'
  expect(readDraft({ ...rest, template_id })).toMatchObject({ title: '', message: '', template_id })
})

describe('refuses', () => {
  it.each<[string, object, number]>([
    ['an empty title', { title: '' }, 400],
    ['a title too long', { title: 'x'.repeat(256) }, 400],
    ['an unknown channel', { channels: ['Pigeon'] }, 400],
    ['no channels', { channels: [] }, 400],
    ['an empty recipient', { recipients: [' '] }, 400],
    ['too many recipients', { recipients: Array.from({ length: 101 }, (_, n) => `r${n}`) }, 400],
    ['a time too far ahead', { scheduled_at: '2999-01-01T00:00:00Z' }, 400],
    ['a missing message', { message: undefined }, 422],
    ['missing recipients', { recipients: undefined }, 422],
    ['an unknown type', { notification_type: 'Gossip' }, 422],
    ['a time that is none', { scheduled_at: 'noon' }, 422],
  ])('%s', (_what, wrong, status) => {
    expect(() => readDraft({ ...WISH, ...wrong })).toThrow(expect.objectContaining({ status }))
  })
})
