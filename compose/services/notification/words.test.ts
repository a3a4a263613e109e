// A notification is what its deliveries are.
import { expect, it } from 'vitest'
import { statusOf, type DeliveryStatus } from './words.ts'

it.each<[DeliveryStatus[], string]>([
  [['sent', 'sent'], 'Sent'],
  [['sent', 'pending'], 'Pending'],
  [['failed', 'pending'], 'Pending'],
  [['failed', 'sent'], 'Failed'],
  [['cancelled', 'sent'], 'Sent'],
  [['cancelled', 'cancelled'], 'Cancelled'],
])('%j is %s', (deliveries, status) => {
  expect(statusOf(deliveries)).toBe(status)
})
