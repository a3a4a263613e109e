// What Alertmanager does with alerts is looked at again and again, only for drills that ask, and never in the way of the work.
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { Happening } from '../model/entry.ts'
import { fakeRig } from '../probes/testing/fake-rig.ts'
import { systemClock } from '../time/clock.ts'
import type { DrillStage } from './run-drill.ts'
import { watchingRouting } from './watch-routing.ts'

const ALERT = [{ labels: { alertname: 'Slow' }, fingerprint: 'f', receivers: [], status: { silencedBy: [], inhibitedBy: ['g'] } }]

async function stageWith(kind: 'alert-inhibited' | 'alert-fires') {
  const server = createServer((_, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify(ALERT))).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const seen: Happening[] = []
  const session = { rig: fakeRig(() => base), world: { clock: systemClock }, acceleration: 1_000 }
  const stage = { session, drill: { criteria: [{ kind, alert: 'Slow' }] }, append: (one: Happening) => void seen.push(one), signal: new AbortController().signal }
  return { stage: stage as unknown as DrillStage, seen, server }
}

test('while the work lasts, and not afterwards', async () => {
  const { stage, seen } = await stageWith('alert-inhibited')
  await watchingRouting(stage, () => systemClock.sleep(1_300))
  const looks = seen.length
  expect(looks).toBeGreaterThanOrEqual(2)
  expect(seen).toEqual(seen.map(() => ({ type: 'evidence', evidence: expect.objectContaining({ probe: 'routing', covered: true, value: [expect.objectContaining({ alert: 'Slow', inhibitedBy: ['g'] })] }) })))
  await systemClock.sleep(700)
  expect(seen).toHaveLength(looks)
})

test('not for a drill that asks for nothing of the kind', async () => {
  const { stage, seen } = await stageWith('alert-fires')
  await watchingRouting(stage, () => systemClock.sleep(100))
  expect(seen).toEqual([])
})

test('an Alertmanager that is gone is on record as such, and what the work throws is thrown', async () => {
  const { stage, seen, server } = await stageWith('alert-inhibited')
  server.close()
  server.closeAllConnections()
  const work = async () => {
    await systemClock.sleep(300)
    throw new Error('the fault did not bite')
  }
  await expect(watchingRouting(stage, work)).rejects.toThrow('the fault did not bite')
  expect(seen).toMatchObject([{ evidence: { probe: 'routing', covered: false } }])
})
