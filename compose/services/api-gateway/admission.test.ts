// As many as there is room for, and room again for each that left.
import type { FastifyReply } from 'fastify'
import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import type { Defect } from '../kit/defects.ts'
import { createAdmission } from './admission.ts'

function replies() {
  const told: unknown[] = []
  const one = () => {
    const raw = new EventEmitter()
    const reply = { raw, status: (status: number) => (told.push(status), reply), header: () => reply, send: (body: unknown) => (told.push(body), reply) }
    return { reply: reply as unknown as FastifyReply, leave: () => raw.emit('close') }
  }
  return { told, one }
}

const admitted = (defects: readonly Defect[] = []) => createAdmission({ maxInFlight: 2, defects: new Set(defects) })

it('turns the third away with a 503, and lets the next one in when somebody has left', () => {
  const { told, one } = replies()
  const { enter } = admitted()
  const [first, second, third] = [one(), one(), one()]
  expect([first, second, third].map(({ reply }) => enter(reply))).toEqual([true, true, false])
  expect(told).toEqual([503, { error: 'Service temporarily unavailable', reason: 'too many requests are being served', retry_after: 1 }])
  first.leave()
  expect(enter(one().reply)).toBe(true)
  expect(enter(one().reply)).toBe(false)
})

it('with the defect gateway-unprotected there is always room', () => {
  const { one } = replies()
  const { enter } = admitted(['gateway-unprotected'])
  expect([1, 2, 3, 4].every(() => enter(one().reply))).toBe(true)
})
