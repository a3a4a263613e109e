// Alertmanager's webhook: each alert it tells of becomes one notification when it fires and one when it is over.
import { fieldsOf, jsonObject, type JsonObject } from '../kit/fields.ts'
import { typedFieldsOf } from '../kit/typed-fields.ts'
import type { NotificationDraft } from './draft.ts'
import { refuse } from './refusals.ts'
import { priorityOf, type OnDuty } from './system-alert.ts'

/** How many alerts one message may tell of. */
const MOST_ALERTS = 1000
const STATES = ['firing', 'resolved'] as const

/** The notifications a message of Alertmanager (version 4) asks for. */
export function draftsOfAlerts(body: JsonObject, onDuty: OnDuty): NotificationDraft[] {
  const alerts = fieldsOf(body).list('alerts')
  if (alerts.length > MOST_ALERTS) throw refuse('LIMIT_EXCEEDED', `At most ${MOST_ALERTS} alerts at once are allowed`)
  return alerts.map((alert) => draftOf(jsonObject(alert), onDuty))
}

function draftOf(alert: JsonObject, { alertChannels, alertRecipients }: OnDuty): NotificationDraft {
  const fields = typedFieldsOf(alert)
  const status = fields.word('status', STATES)
  const labels = textsIn(fields.optionalObject('labels'))
  const annotations = textsIn(fields.optionalObject('annotations'))
  const startsAt = fields.optionalMoment('startsAt')
  const name = labels.alertname ?? 'Alert'
  // Alertmanager says the fingerprint; whoever stands in for it may leave it to the labels.
  const fingerprint = fields.optionalText('fingerprint', { max: 64 }) ?? JSON.stringify(Object.entries(labels).sort())
  fields.done('VALIDATION_ERROR')
  return {
    title: `[${status.toUpperCase()}] ${name}`.slice(0, 255),
    message: messageOf(name, annotations).slice(0, 10_000),
    notification_type: status === 'firing' ? 'Alert' : 'Success',
    priority: status === 'firing' ? priorityOf(labels.severity ?? '') : 'Low',
    channels: alertChannels,
    recipients: alertRecipients,
    template_id: null,
    template_data: null,
    metadata: { source: 'alertmanager', status, labels, annotations, starts_at: startsAt },
    scheduled_at: null,
    source_key: `alert:${fingerprint}:${startsAt ?? ''}:${status}`.slice(0, 400),
  }
}

function messageOf(name: string, { summary, description }: Readonly<Record<string, string>>): string {
  return [summary, description].filter((text) => text !== undefined && text !== '').join('\n') || name
}

function textsIn(object: JsonObject | null): Readonly<Record<string, string>> {
  const texts = Object.entries(object ?? {}).filter(([, value]) => typeof value === 'string')
  return Object.fromEntries(texts) as Record<string, string>
}
