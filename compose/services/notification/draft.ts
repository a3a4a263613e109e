// Reads what a client wants to be told to somebody.
import type { JsonObject } from '../kit/fields.ts'
import { typedFieldsOf, type TypedFields } from '../kit/typed-fields.ts'
import { CHANNELS, PRIORITIES, TYPES, type Channel, type NotificationType, type Priority } from './words.ts'

/** A notification to be stored; `source_key` makes it one of a kind. */
export interface NotificationDraft {
  readonly title: string
  readonly message: string
  readonly notification_type: NotificationType
  readonly priority: Priority
  readonly channels: readonly Channel[]
  readonly recipients: readonly string[]
  readonly template_id: string | null
  readonly template_data: JsonObject | null
  readonly metadata: JsonObject | null
  readonly scheduled_at: string | null
  readonly source_key?: string
  readonly transaction_id?: string
}

/** Texts may be empty where a template gives them. */
const TITLE = 255
const MESSAGE = 10_000
const MOST_RECIPIENTS = 100
/** Nothing is planned further ahead (ms). */
const FURTHEST = 366 * 86_400_000

/** Reads a notification; the priority is Medium when none is named. */
export function readDraft(body: JsonObject): NotificationDraft {
  const fields = typedFieldsOf(body)
  const template_id = fields.optionalUuid('template_id')
  const draft = {
    ...readTexts(fields, template_id !== null),
    notification_type: fields.word('notification_type', TYPES),
    priority: fields.optionalWord('priority', PRIORITIES) ?? 'Medium',
    channels: readChannels(fields),
    recipients: readRecipients(fields),
    template_id,
    template_data: fields.optionalObject('template_data'),
    metadata: fields.optionalObject('metadata'),
    scheduled_at: readMoment(fields),
  }
  fields.done('VALIDATION_ERROR')
  return draft
}

function readTexts(fields: TypedFields, fromTemplate: boolean): { title: string; message: string } {
  const title = { min: 1, max: TITLE }
  const message = { min: 1, max: MESSAGE }
  if (!fromTemplate) return { title: fields.text('title', title), message: fields.text('message', message) }
  return { title: fields.optionalText('title', title) ?? '', message: fields.optionalText('message', message) ?? '' }
}

/** The channels in a body, each once; at least one. */
export function readChannels(fields: TypedFields): Channel[] {
  return textsOf(fields, 'channels', CHANNELS.length).flatMap((name) => {
    const known = CHANNELS.find((channel) => channel === name)
    if (known === undefined) fields.problem(`channels: ${name} is none of ${CHANNELS.join(', ')}`)
    return known === undefined ? [] : [known]
  })
}

/** The recipients in a body, each once; at least one. */
export function readRecipients(fields: TypedFields): string[] {
  const names = textsOf(fields, 'recipients', MOST_RECIPIENTS)
  if (names.some((name) => name.trim() === '' || name.includes('\0'))) fields.problem('recipients holds an empty name')
  return names
}

function textsOf(fields: TypedFields, name: string, max: number): string[] {
  // A list that is missing is refused by the plain reader.
  const texts = fields.optionalTexts(name, { max, length: 255 }) ?? fields.list(name).map(String)
  if (texts.length === 0) fields.problem(`${name} needs at least one entry`)
  return [...new Set(texts)]
}

function readMoment(fields: TypedFields): string | null {
  const moment = fields.optionalMoment('scheduled_at')
  if (moment !== null && Date.parse(moment) > Date.now() + FURTHEST) {
    fields.problem('scheduled_at is more than a year ahead')
  }
  return moment
}
