// Which alerts a receiver still believes to fire: the end of a drill waits for their end.
import { expect, test } from 'vitest'
import type { Notification } from '../model/evidence.ts'
import { trackDeliveries } from './session.ts'

const LABELS = { service: 'api-gateway', severity: 'warning', team: 'backend' }
const told = (alert: string, status: Notification['status'], receiver = 'backend') => ({
  receiver,
  groupKey: alert,
  notifications: [{ alert, status, labels: LABELS, annotations: {}, startsAt: 0 }],
})

const openOf = (deliveries: ReturnType<typeof trackDeliveries>) => deliveries.open().map(({ alert }) => alert)

test('an alert is open from its first notification until it is told resolved', () => {
  const deliveries = trackDeliveries()
  for (const status of ['firing', 'firing', 'resolved'] as const) {
    deliveries.add(told('Slow', status))
    expect(openOf(deliveries)).toEqual(status === 'firing' ? ['Slow'] : [])
  }
})

test('a receiver that is told by two channels has to hear of the end by both', () => {
  const deliveries = trackDeliveries()
  const by = (status: Notification['status'], channel: 'slack' | 'webhook') => deliveries.add({ ...told('Slow', status), channel })
  by('firing', 'webhook')
  by('firing', 'slack')
  by('resolved', 'webhook')
  expect(openOf(deliveries)).toEqual(['Slow'])
  by('resolved', 'slack')
  expect(openOf(deliveries)).toEqual([])
})

test('the end of one is not the end of another with the same labels, nor of the same at another receiver', () => {
  const deliveries = trackDeliveries()
  for (const [alert, receiver] of [['Slow'], ['Errors'], ['Slow', 'platform']] as const) deliveries.add(told(alert, 'firing', receiver))
  deliveries.add(told('Errors', 'resolved'))
  expect(openOf(deliveries)).toEqual(['Slow', 'Slow'])
  deliveries.add(told('Slow', 'resolved', 'platform'))
  expect(openOf(deliveries)).toEqual(['Slow'])
})
