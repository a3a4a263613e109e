// A real Alertmanager delivers to the sink: firing, resolved, silenced, and once more when the sink could not, or would not,
// take it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { liveProcess } from '../faults/testing/live-process.ts'
import type { EvidenceOf } from '../model/evidence.ts'
import { probeRouting } from '../probes/routing.ts'
import { probeRules } from '../probes/rules.ts'
import { contextAt } from '../probes/testing/fake-rig.ts'
import { foundTool } from '../stack/toolchain/testing/found-tool.ts'
import { systemClock } from '../time/clock.ts'
import { poll } from '../time/poll.ts'
import { startSinks, type Sinks } from './sinks.ts'

const alertmanagerBinary = await foundTool('alertmanager')
const ADDRESS = { host: '127.65.13.1', port: 9093 }
const SINK = { host: '127.65.13.2', port: 9900 }
const base = `http://${ADDRESS.host}:${ADDRESS.port}`
const context = contextAt(base)
const data = mkdtempSync(join(tmpdir(), 'sinks-alertmanager-'))
const webhook = (name: string, path = name) => `{name: ${name}, webhook_configs: [{url: 'http://${SINK.host}:${SINK.port}/${path}'}]}`
const config = `
route:
  receiver: default
  group_by: [alertname]
  group_wait: 0s
  group_interval: 1s
  routes:
  - {matchers: [team="backend"], receiver: backend}
  - {matchers: [team="astray"], receiver: astray, group_wait: 20ms}
receivers: [${webhook('default')}, ${webhook('backend')}, ${webhook('astray', 'elsewhere')}]`
const alertmanager = liveProcess({
  argv: [alertmanagerBinary ?? '', `--config.file=${data}/am.yml`, `--storage.path=${data}/am`, `--web.listen-address=${ADDRESS.host}:${ADDRESS.port}`, '--cluster.listen-address='],
  address: ADDRESS,
})

interface Arrival {
  readonly at: number
  readonly delivery: EvidenceOf<'delivery'>
}

const arrivals: Arrival[] = []
const refused: string[] = []
let broken = false

async function postAlert(alert: string, team: string, times: { startsAt?: string; endsAt?: string } = {}): Promise<void> {
  const body = JSON.stringify([{ labels: { alertname: alert, team }, annotations: { summary: 's' }, ...times }])
  await fetch(`${base}/api/v2/alerts`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
}

function arrived(alert: string, status: 'firing' | 'resolved'): Promise<Arrival> {
  const look = async () => arrivals.find(({ delivery }) => delivery.value.notifications.some((one) => one.alert === alert && one.status === status))
  return poll({ clock: systemClock, within: 15_000, every: 20, what: `${alert} ${status}` }, look)
}

describe.skipIf(!alertmanagerBinary)('with a real Alertmanager', () => {
  let sink: Sinks

  beforeAll(async () => {
    sink = await startSinks({
      listen: SINK,
      clock: systemClock,
      onRefused: (why) => refused.push(why),
      onDelivery: (delivery, at) => {
        if (broken) throw new Error('not now')
        arrivals.push({ delivery, at })
      },
    })
    writeFileSync(join(data, 'am.yml'), config)
    await alertmanager.start()
  })

  afterAll(async () => {
    await alertmanager.kill()
    await sink[Symbol.asyncDispose]()
    rmSync(data, { recursive: true, force: true })
  })

  test('an alert arrives at its receiver, firing and resolved, at the time it did', async () => {
    const posted = systemClock.now()
    const startsAt = new Date(posted).toISOString()
    await postAlert('Slow', 'backend', { startsAt })
    const firing = await arrived('Slow', 'firing')
    expect(firing.delivery).toMatchObject({ covered: true, value: { receiver: 'backend', notifications: [{ labels: { team: 'backend' }, annotations: { summary: 's' }, startsAt: posted }] } })
    expect(firing.at).toBeGreaterThanOrEqual(posted)
    expect(firing.at - posted).toBeLessThan(1_000)
    expect((await probeRouting(context)).value).toEqual([{ alert: 'Slow', labels: { team: 'backend' }, receivers: ['backend'], silencedBy: [], inhibitedBy: [], fingerprint: expect.stringMatching(/^[0-9a-f]+$/) }])

    const ended = systemClock.now()
    await postAlert('Slow', 'backend', { startsAt, endsAt: new Date(ended).toISOString() })
    const resolved = await arrived('Slow', 'resolved')
    expect(resolved.at - ended).toBeLessThan(2_500)
    expect(refused).toEqual([])
  })

  test('a receiver whose URL names another one is found out', async () => {
    await postAlert('Lost', 'astray')
    expect((await arrived('Lost', 'firing')).delivery).toMatchObject({ covered: false, missing: expect.stringContaining('for its receiver astray'), value: { receiver: 'elsewhere' } })
  })

  test('a silenced alert is shown as such and does not arrive', async () => {
    const times = { startsAt: new Date(systemClock.now() - 1_000).toISOString(), endsAt: new Date(systemClock.now() + 60_000).toISOString() }
    const matchers = [{ name: 'alertname', value: 'Hushed', isRegex: false, isEqual: true }]
    const silence = { matchers, ...times, createdBy: 'test', comment: 'test' }
    await fetch(`${base}/api/v2/silences`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(silence) })
    await postAlert('Hushed', 'backend')
    const hushed = async () => (await probeRouting(context)).value.find(({ alert, silencedBy }) => alert === 'Hushed' && silencedBy.length === 1)
    await poll({ clock: systemClock, within: 5_000, what: 'the silence' }, hushed)
    await postAlert('After', 'backend')
    await arrived('After', 'firing')
    expect(arrivals.some(({ delivery }) => delivery.value.notifications.some(({ alert }) => alert === 'Hushed'))).toBe(false)
  })

  test('a delivery that could not be recorded is sent again', async () => {
    broken = true
    await postAlert('Again', 'backend')
    await poll({ clock: systemClock, within: 5_000, what: 'a refusal' }, async () => refused.some((why) => why.includes('not now')))
    broken = false
    expect((await arrived('Again', 'firing')).delivery.covered).toBe(true)
  })

  test.each(['500', 'hang', 'slow'] as const)('a receiver that is broken (%s) is told once it is mended, and the others meanwhile', async (how) => {
    const name = `Broken_${how}`
    const tells = (receiver: string) => arrivals.filter(({ delivery }) => delivery.value.receiver === receiver && delivery.value.notifications.some(({ alert }) => alert === name))
    sink.misbehave('backend', how)
    const posted = systemClock.now()
    await postAlert(name, 'backend')
    await postAlert(name, 'nobody')
    await poll({ clock: systemClock, within: 5_000, every: 20, what: 'the other receiver' }, async () => tells('default').length > 0)
    if (how !== 'slow') {
      await systemClock.sleep(1_500)
      expect(tells('backend')).toEqual([])
      sink.mend('backend')
    }
    await poll({ clock: systemClock, within: 15_000, every: 20, what: 'the mended receiver' }, async () => tells('backend').length > 0)
    expect((tells('backend')[0]?.at ?? 0) - posted).toBeGreaterThanOrEqual(990)
    sink.mend('backend')
  })

  test('receivers come with the waits of their routes', async () => {
    const { value } = await probeRules(context)
    expect(value.receivers).toMatchObject([
      { receiver: 'default', groupWaitMs: 0, groupIntervalMs: 1_000 },
      { receiver: 'backend', groupWaitMs: 0, groupIntervalMs: 1_000 },
      { receiver: 'astray', groupWaitMs: 20, groupIntervalMs: 1_000 },
    ])
  })
})
