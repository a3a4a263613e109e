// The step that tells the recipients about the sample, and takes back what has not gone out yet.
import { jsonObject, type JsonObject } from '../kit/fields.ts'
import { dataOf, refusedBy } from './peer-answer.ts'
import type { Errand, TimelessStep, Undo } from './workflow.ts'

async function send({ saga, ask }: Errand): Promise<JsonObject> {
  const { notification_recipients: recipients, sample_data } = saga.input
  // Nobody wants to be told: there is nothing to send.
  if (!Array.isArray(recipients) || recipients.length === 0) return { notification_ids: [] }
  const { barcode, submitter_id } = jsonObject(sample_data)
  const { sample_id } = saga.context
  const body = {
    type: 'sample_submitted',
    recipients,
    template: 'sample_submission_success',
    context: { sample_barcode: barcode, sample_id, submitter_id },
    priority: 'normal',
  }
  const answer = await ask({ peer: 'notification', method: 'POST', path: '/api/v1/notifications/send', body })
  if (!answer.ok) throw refusedBy('notification', answer)
  const { notification_ids = [], status = null } = dataOf(answer)
  return { notification_ids, delivery_status: status }
}

/** Notifications are known by the saga's id, even where their own ids never arrived here. */
async function cancel({ saga, ask }: Errand): Promise<'completed' | 'skipped'> {
  const { notification_ids = [] } = saga.context
  const body = { notification_ids, reason: 'Transaction failed' }
  const answer = await ask({ peer: 'notification', method: 'POST', path: '/api/v1/notifications/cancel', body })
  if (answer.ok) return 'completed'
  if (answer.status === 404) return 'skipped'
  throw refusedBy('notification', answer)
}

const CANCEL: Undo = { name: 'cancel_notification_compensation', timeout: 5000, run: cancel }

/** Sends the notification. */
export const sendNotification: TimelessStep = { name: 'send_notification', run: send, undo: CANCEL }
