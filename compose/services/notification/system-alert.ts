// An alert that a service raises itself, told to those who are on duty.
import type { JsonObject } from '../kit/fields.ts'
import { typedFieldsOf } from '../kit/typed-fields.ts'
import type { NotificationDraft } from './draft.ts'
import type { NotificationSettings } from './settings.ts'
import type { Priority } from './words.ts'

const SEVERITIES = ['info', 'warning', 'error', 'critical'] as const

/** How urgent a severity is; what is not known is taken seriously. */
export function priorityOf(severity: string): Priority {
  const known: Readonly<Record<string, Priority>> = { info: 'Low', none: 'Low', warning: 'High', critical: 'Critical' }
  return Object.hasOwn(known, severity) ? (known[severity] ?? 'High') : 'High'
}

/** Whom alerts are told to, and how. */
export type OnDuty = Pick<NotificationSettings, 'alertChannels' | 'alertRecipients'>

/** Reads POST /integration/system-alerts; an `alert_id` makes the alert one of a kind. */
export function draftOfSystemAlert(body: JsonObject, onDuty: OnDuty): NotificationDraft {
  const fields = typedFieldsOf(body)
  const source = fields.optionalText('source', { max: 64 })
  const severity = fields.optionalWord('severity', SEVERITIES) ?? 'warning'
  const alert_id = fields.optionalText('alert_id', { min: 1, max: 200 })
  const draft: NotificationDraft = {
    title: fields.text('title', { min: 1, max: 255 }),
    message: fields.text('message', { min: 1, max: 10_000 }),
    notification_type: severity === 'error' ? 'Error' : 'Alert',
    priority: priorityOf(severity),
    channels: onDuty.alertChannels,
    recipients: onDuty.alertRecipients,
    template_id: null,
    template_data: null,
    metadata: { source, severity, alert_id, details: fields.optionalObject('details') },
    scheduled_at: null,
    ...(alert_id === null ? {} : { source_key: `system-alert:${alert_id}` }),
  }
  fields.done('VALIDATION_ERROR')
  return draft
}
