// What channels, templates and subscriptions consist of.
import { isEventType } from '../kit/event-streams.ts'
import { typedFieldsOf } from '../kit/typed-fields.ts'
import { readChannels, readRecipients } from './draft.ts'
import type { Resource } from './resource.ts'
import { CHANNELS, PRIORITIES } from './words.ts'

const NAME = { min: 1, max: 100 }
const MOST_PATTERNS = 50

/** A channel: as long as there are channels of a type and none is enabled, nothing is sent that way. */
const channels: Resource = {
  name: 'channels',
  missing: 'CHANNEL_NOT_FOUND',
  read: (body) => {
    const fields = typedFieldsOf(body)
    const draft = {
      name: fields.text('name', NAME),
      channel_type: fields.word('channel_type', CHANNELS),
      enabled: fields.has('enabled') ? fields.optionalFlag('enabled') : true,
      config: fields.optionalObject('config') ?? {},
    }
    fields.done('VALIDATION_ERROR')
    return draft
  },
}

/** A template: a title and a body with places such as {{sample_barcode}}. */
const templates: Resource = {
  name: 'templates',
  missing: 'TEMPLATE_NOT_FOUND',
  read: (body) => {
    const fields = typedFieldsOf(body)
    const draft = {
      name: fields.text('name', NAME),
      title: fields.text('title', { min: 1, max: 255 }),
      body: fields.text('body', { min: 1 }),
      description: fields.optionalText('description', { max: 1000 }),
    }
    fields.done('VALIDATION_ERROR')
    return draft
  },
}

/** A subscription: who is told, and how, when an event of one of these types happens. */
const subscriptions: Resource = {
  name: 'subscriptions',
  missing: 'SUBSCRIPTION_NOT_FOUND',
  read: (body) => {
    const fields = typedFieldsOf(body)
    const event_types = fields.optionalTexts('event_types', { max: MOST_PATTERNS, length: 100 })
    const patterns = event_types ?? fields.list('event_types').map(String)
    if (patterns.length === 0) fields.problem('event_types needs at least one type')
    for (const one of patterns) if (!isPattern(one)) fields.problem(`${one} is neither an event type nor sample.* or *`)
    const draft = {
      name: fields.text('name', NAME),
      event_types: patterns,
      channels: readChannels(fields),
      recipients: readRecipients(fields),
      priority: fields.optionalWord('priority', PRIORITIES) ?? 'Medium',
      template_id: fields.optionalUuid('template_id'),
      enabled: fields.has('enabled') ? fields.optionalFlag('enabled') : true,
    }
    fields.done('VALIDATION_ERROR')
    return draft
  },
}

function isPattern(text: string): boolean {
  return text === '*' || isEventType(text.replace(/\.\*$/, '.x'))
}

/** All of them. */
export const RESOURCES = [channels, templates, subscriptions]
