// An e-mail of Alertmanager's, and the delivery it proves.
import type { Email } from 'postal-mime'
import type { EvidenceOf } from '../model/evidence.ts'
import { deliveryOfText } from './told.ts'

/** To the receiver whose address it has. E-mail has no key for a group of alerts; the subject says which it is. */
export function mailDelivery(receiver: string, { subject = '', text, html = '' }: Pick<Email, 'subject' | 'text' | 'html'>): EvidenceOf<'delivery'> {
  return deliveryOfText({ receiver, channel: 'email', groupKey: subject, title: subject, body: text?.trim() || html })
}
