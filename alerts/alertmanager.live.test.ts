// The shipped configuration in a real Alertmanager, 40 times as fast: who is really told, in what words, and who is spared.
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { liveProcess } from '../harness/faults/testing/live-process.ts'
import type { EvidenceOf, Labels } from '../harness/model/evidence.ts'
import { probeRouting } from '../harness/probes/routing.ts'
import { contextAt } from '../harness/probes/testing/fake-rig.ts'
import { startSinks, type Sinks } from '../harness/sinks/sinks.ts'
import { foundTool } from '../harness/stack/toolchain/testing/found-tool.ts'
import { accelerateAlertmanagerConfig } from '../harness/time/acceleration.ts'
import { systemClock } from '../harness/time/clock.ts'
import { poll } from '../harness/time/poll.ts'

const [alertmanagerBinary, amtool] = await Promise.all([foundTool('alertmanager'), foundTool('amtool')])
const ADDRESS = { host: '127.65.14.1', port: 9093 }
const SINK = { host: '127.65.14.2', port: 9900 }
const MAIL = { host: '127.65.14.2', port: 2_525 }
const base = `http://${ADDRESS.host}:${ADDRESS.port}`
const context = contextAt(base)
const data = mkdtempSync(join(tmpdir(), 'alertmanager-shipped-'))
const shipped = join(import.meta.dirname, 'alertmanager.yml')
const alertmanager = liveProcess({
  argv: [alertmanagerBinary ?? '', `--config.file=${data}/alertmanager.yml`, `--storage.path=${data}/am`, `--web.listen-address=${ADDRESS.host}:${ADDRESS.port}`, '--cluster.listen-address='],
  address: ADDRESS,
})

type Delivery = EvidenceOf<'delivery'>['value']
const deliveries: Delivery[] = []
const refused: string[] = []

/** Ends at once when `ends` is given. */
async function post(alerts: readonly (Labels & { alertname: string })[], ends = false): Promise<void> {
  const annotations = { summary: 'a summary', description: 'a description', runbook: 'alerts/runbooks/X.md' }
  const endsAt = new Date(Date.now() + (ends ? 0 : 60_000)).toISOString()
  const body = JSON.stringify(alerts.map((labels) => ({ labels, annotations, endsAt })))
  await fetch(`${base}/api/v2/alerts`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
}

const tellsOf = (alert: string, status = 'firing') => deliveries.filter((one) => one.notifications.some((each) => each.alert === alert && each.status === status))
const ways = (alert: string, status?: string) => [...new Set(tellsOf(alert, status).map(({ receiver, channel }) => `${receiver} by ${channel}`))].toSorted()
const within = (what: string) => ({ clock: systemClock, within: 10_000, every: 20, what })
const told = (alert: string, expected: readonly string[], status?: string) => poll(within(`${alert} ${status}: ${expected.join(', ')}; so far ${ways(alert, status).join(', ')} ${refused.join('; ')}`), async () => ways(alert, status).length >= expected.length)

describe.skipIf(!alertmanagerBinary || !amtool)('the shipped alertmanager.yml', () => {
  let sinks: Sinks

  beforeAll(async () => {
    sinks = await startSinks({ listen: SINK, mail: MAIL, clock: systemClock, onRefused: (why) => refused.push(why), onDelivery: ({ value }) => void deliveries.push(value) })
    const here = readFileSync(shipped, 'utf8').replaceAll('toxiproxy:20801', `${SINK.host}:${SINK.port}`).replaceAll('toxiproxy:20802', `${MAIL.host}:${MAIL.port}`)
    writeFileSync(join(data, 'alertmanager.yml'), accelerateAlertmanagerConfig(here, 40).text)
    cpSync(join(import.meta.dirname, 'templates'), join(data, 'templates'), { recursive: true })
    await alertmanager.start()
  })

  afterAll(async () => {
    await alertmanager.kill()
    await sinks[Symbol.asyncDispose]()
    rmSync(data, { recursive: true, force: true })
  })

  const WAYS: readonly (readonly [string, string, readonly string[]])[] = [
    ['platform', 'critical', ['platform by webhook', 'platform-pager by pagerduty']],
    ['platform', 'warning', ['platform by webhook']],
    ['backend', 'critical', ['backend by webhook']],
    ['backend', 'warning', ['backend by webhook', 'backend-chat by slack']],
    ['database', 'critical', ['database by webhook', 'database-pager by pagerduty']],
    ['database', 'warning', ['database by webhook']],
    ['laboratory', 'critical', ['laboratory by slack', 'laboratory by webhook']],
    ['laboratory', 'warning', ['laboratory by slack', 'laboratory by webhook']],
    ['security', 'critical', ['security by email', 'security by webhook', 'security-pager by pagerduty']],
    ['security', 'warning', ['security by email', 'security by webhook']],
    ['infrastructure', 'critical', ['infrastructure by webhook']],
    ['infrastructure', 'warning', ['infrastructure by webhook']],
    ['ai', 'critical', ['ai by webhook']],
    ['ai', 'warning', ['ai by webhook']],
    ['product', 'critical', ['product by webhook']],
  ]

  test('amtool takes it, and sends each where Alertmanager does', async () => {
    await expect(promisify(execFile)(amtool ?? '', ['check-config', shipped])).resolves.toMatchObject({ stdout: expect.stringContaining('1 templates') })
    for (const [team, severity, expected] of WAYS) {
      const receivers = [...new Set(expected.map((way) => way.replace(/ by .*/, '')))].toSorted((a, b) => b.length - a.length)
      const args = ['config', 'routes', 'test', `--config.file=${shipped}`, `--verify.receivers=${receivers.join(',')}`, `team=${team}`, `severity=${severity}`]
      await expect(promisify(execFile)(amtool ?? '', args), `${team} ${severity}`).resolves.toBeDefined()
    }
    await expect(promisify(execFile)(amtool ?? '', ['config', 'routes', 'test', `--config.file=${shipped}`, '--verify.receivers=default', 'severity=critical', 'team=unheard-of'])).resolves.toBeDefined()
    const beat = (receiver: string) => promisify(execFile)(amtool ?? '', ['config', 'routes', 'test', `--config.file=${shipped}`, `--verify.receivers=${receiver}`, 'alertname=Watchdog', 'severity=none', 'team=platform'])
    await expect(beat('heartbeat')).resolves.toBeDefined()
    await expect(beat('platform')).rejects.toThrow('Command failed')
  })

  test('each team is told by its channels, of the end too, in words without a gap', async () => {
    const alerts = WAYS.map(([team, severity]) => ({ alertname: `Ill_${team}_${severity}`, team, severity, service: 'x "y"' }))
    await post(alerts)
    for (const [team, severity, expected] of WAYS) await told(`Ill_${team}_${severity}`, expected)
    await post(alerts, true)
    for (const [team, severity, expected] of WAYS) {
      const name = `Ill_${team}_${severity}`
      await told(name, expected, 'resolved')
      expect(ways(name)).toEqual(expected)
      expect(ways(name, 'resolved')).toEqual(expected)
      expect(tellsOf(name).flatMap(({ notifications }) => notifications.map(({ labels }) => labels))).toContainEqual({ team, severity, service: 'x "y"' })
    }
    for (const { text, channel } of deliveries.filter((one) => one.channel !== 'webhook')) {
      expect(text).toMatch(/^\[(FIRING:1|RESOLVED)\] Ill_\w+ x "y"\n/)
      expect(text).toContain('Summary: a summary\nDescription: a description\nRunbook: alerts/runbooks/X.md\n')
      expect(text, channel).not.toMatch(/<no value>|\[\]|: *$/m)
    }
    expect(refused).toEqual([])
  })

  test('a group is one notification that names all of its alerts', async () => {
    const ill = { alertname: 'Grouped', team: 'laboratory', severity: 'warning', service: 'storage' }
    await post([{ ...ill, zone: 'a' }, { ...ill, zone: 'b' }])
    await told('Grouped', ['laboratory by slack', 'laboratory by webhook'])
    for (const channel of ['slack', 'webhook']) {
      expect(tellsOf('Grouped').find((one) => one.channel === channel)?.notifications.map(({ labels }) => labels.zone)).toEqual(['a', 'b'])
    }
    expect(tellsOf('Grouped').find((one) => one.channel === 'slack')?.text).toMatch(/^\[FIRING:2\] Grouped storage\n/)
  })

  test('the heartbeat is repeated for as long as it fires', async () => {
    await post([{ alertname: 'Watchdog', team: 'platform', severity: 'none', service: 'prometheus' }])
    await poll(within('a second beat'), async () => tellsOf('Watchdog').length >= 2)
    expect(ways('Watchdog')).toEqual(['heartbeat by webhook'])
  })

  const MUTED: readonly (readonly [string, Labels & { alertname: string }, Labels & { alertname: string }])[] = [
    ['worse', { alertname: 'CriticalSlowResponseTime', service: 'a', team: 'backend', severity: 'critical' }, { alertname: 'SlowResponseTime', service: 'a', team: 'backend', severity: 'warning' }],
    ['dead', { alertname: 'ServiceDown', service: 'b', team: 'platform', severity: 'critical' }, { alertname: 'HighMemoryUsage', service: 'b', team: 'platform', severity: 'warning' }],
  ]

  test.each(MUTED)('what is %s mutes its own symptom, and only that', async (_, source, symptom) => {
    const elsewhere = { ...symptom, service: `not-${symptom.service}` }
    await post([source, symptom, elsewhere])
    const hushed = async () => (await probeRouting(context)).value.find(({ alert, labels, inhibitedBy }) => alert === symptom.alertname && labels.service === symptom.service && inhibitedBy.length === 1)
    expect(await poll(within('the inhibition'), hushed)).toMatchObject({ silencedBy: [] })
    const services = () => tellsOf(symptom.alertname).flatMap(({ notifications }) => notifications.map(({ labels }) => labels.service))
    await poll(within('the alert of another service'), async () => services().includes(elsewhere.service))
    await poll(within('the source'), async () => tellsOf(source.alertname).length > 0)
    await systemClock.sleep(2_000)
    expect(services()).not.toContain(symptom.service)

    // Once the cause is gone the symptom is told after all: it was held back, not lost.
    await post([source], true)
    await poll(within('the symptom after its cause'), async () => services().includes(symptom.service))
  })

  test('what was told before its cause was known, and ends while that lasts, is never called resolved', async () => {
    const symptom = { alertname: 'SlowResponseTime', service: 'c', team: 'backend', severity: 'warning' }
    const source = { alertname: 'ServiceDown', service: 'c', team: 'platform', severity: 'critical' }
    const own = (status: string) => tellsOf(symptom.alertname, status).filter(({ notifications }) => notifications.some(({ labels }) => labels.service === 'c'))
    await post([symptom])
    await poll(within('the symptom'), async () => own('firing').length > 0)
    await post([source])
    await poll(within('its cause'), async () => tellsOf('ServiceDown').some(({ notifications }) => notifications.some(({ labels }) => labels.service === 'c')))
    await post([symptom], true)
    await systemClock.sleep(3_500)
    await post([source], true)
    await systemClock.sleep(3_500)
    expect(own('resolved')).toEqual([])
  })
})
