// All sinks together: a mail is a delivery too, and a receiver that is broken on order fails by each of its ways.
import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { EvidenceOf } from '../model/evidence.ts'
import { lookThrough } from '../probes/edge.ts'
import { helloFor } from '../probes/edge-hello.ts'
import { systemClock } from '../time/clock.ts'
import { startSinks } from './sinks.ts'

const HOST = '127.65.0.4'
const LINE = 'firing Slow{service="sample"} since 2026-11-21T07:00:00Z'
const MAIL = `Subject: [FIRING:1] Slow\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nSummary: sp=C3=A4t\r\n${LINE.replaceAll('=', '=3D')}\r\n`

async function sinks() {
  const deliveries: EvidenceOf<'delivery'>[] = []
  const refused: string[] = []
  const mail = { host: HOST, port: 2_525 }
  const started = await startSinks({ listen: { host: HOST, port: 0 }, mail, clock: systemClock, onDelivery: (one) => void deliveries.push(one), onRefused: (why) => refused.push(why) })
  onTestFinished(() => started[Symbol.asyncDispose]())
  const ask = (path: string, init: RequestInit = {}) => fetch(`http://${HOST}:${started.address.port}${path}`, init)
  return { started, deliveries, refused, ask, mail }
}

/** Says each line once the one before is answered, and gives all answers. */
function speak(address: { host: string; port: number }, lines: readonly string[], patienceMs = 5_000): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(address)
    let heard = ''
    const rest = [...lines]
    const timer = setTimeout(() => socket.destroy(), patienceMs)
    socket.on('data', (data) => {
      heard += data.toString()
      const next = rest.shift()
      if (next === undefined) socket.end()
      else socket.write(next)
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      clearTimeout(timer)
      resolve(heard)
    })
  })
}

const dialogue = (to: string, mail = MAIL) => ['EHLO harness\r\n', 'MAIL FROM:<a@b.example>\r\n', `RCPT TO:<${to}@b.example>\r\n`, 'DATA\r\n', `${mail}\r\n.\r\n`, 'QUIT\r\n']

test('a mail is a delivery to whom it is addressed, decoded', async () => {
  const { mail, deliveries, refused } = await sinks()
  expect(await speak(mail, dialogue('security'))).toMatch(/\r\n250 [^\r]*\r\n221/)
  expect(deliveries).toMatchObject([{ covered: true, value: { receiver: 'security', channel: 'email', groupKey: '[FIRING:1] Slow', text: `[FIRING:1] Slow\nSummary: spät\n${LINE}`, notifications: [{ alert: 'Slow', labels: { service: 'sample' } }] } }])
  expect(refused).toEqual([])
})

test('a mail that names no alert is refused for good, and said', async () => {
  const { mail, deliveries, refused } = await sinks()
  expect(await speak(mail, dialogue('security', 'Subject: hello\r\n\r\nyou\r\n'))).toContain('554 ')
  expect(deliveries).toEqual([])
  expect(refused).toEqual([expect.stringContaining('did not take a mail to security: the text names no alert')])
})

test('a receiver is broken on order, alone, and mended', async () => {
  const { started, ask, mail, deliveries, refused } = await sinks()
  const status = async (path: string) => (await ask(path)).status
  started.misbehave('security', '500')
  expect([await status('/security'), await status('/slack/security'), await status('/backend')]).toEqual([500, 500, 200])
  expect(await speak(mail, dialogue('security').slice(0, 3))).toContain('451 ')
  started.mend('security')
  expect(await status('/security')).toBe(200)
  expect(await speak(mail, dialogue('security'))).not.toContain('451 ')
  expect(deliveries).toHaveLength(1)
  expect(refused).toEqual([])
})

test('one that hangs never answers, and keeps nobody waiting when the sink ends', async () => {
  const { started, ask, mail, refused } = await sinks()
  started.misbehave('security', 'hang')
  await expect(ask('/security', { signal: AbortSignal.timeout(300) })).rejects.toThrow()
  // greeted, and its sender taken: then silence
  expect((await speak(mail, dialogue('security'), 300)).trimEnd().split('\r\n').at(-1)).toMatch(/^250 Accepted/)
  const left = ask('/security').catch(() => 'cut')
  const began = Date.now()
  await started[Symbol.asyncDispose]()
  expect(Date.now() - began).toBeLessThan(2_500)
  expect(await left).toBe('cut')
  expect(refused).toEqual([])
})

test('one that is slow is late by a second, and takes what it is told', async () => {
  const { started, ask, deliveries } = await sinks()
  started.misbehave('lab', 'slow')
  const began = Date.now()
  const answer = await ask('/slack/lab', { method: 'POST', body: JSON.stringify({ text: LINE }) })
  expect([answer.status, await answer.text()]).toEqual([200, 'ok'])
  expect(Date.now() - began).toBeGreaterThanOrEqual(1_000)
  expect(deliveries).toHaveLength(1)
})

test('a look at the mail sink, in words of another protocol, is answered and changes nothing', async () => {
  const { mail, deliveries, refused } = await sinks()
  const look = await lookThrough({ address: mail, hello: helloFor(mail.port, 'short'), patienceMs: 2_000, clock: systemClock }, new AbortController().signal)
  expect(look).toMatchObject({ outcome: 'answered' })
  expect(look.closeMs).toBeDefined()
  expect([deliveries, refused]).toEqual([[], []])
})

test('an address that is taken is said so, and nothing stays behind', async () => {
  const { started, mail } = await sinks()
  const more = { clock: systemClock, onDelivery: () => undefined, onRefused: () => undefined }
  await expect(startSinks({ listen: { host: HOST, port: 0 }, mail, ...more })).rejects.toMatchObject({ code: 'ADDRESS_TAKEN', message: expect.stringContaining('the mail sink') })
  await expect(startSinks({ listen: started.address, ...more })).rejects.toMatchObject({ code: 'ADDRESS_TAKEN' })
})
