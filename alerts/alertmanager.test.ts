// Who is told of what: every team by its own receiver, the urgent also by pager, mail or chat, and nobody by a way that does
// not exist.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { alertmanagerSchema, channelsOf, receiversFor, routeOf } from '../harness/model/route.ts'

const text = readFileSync(join(import.meta.dirname, 'alertmanager.yml'), 'utf8')
const raw = parse(text)
const config = alertmanagerSchema.parse(raw)
const route = routeOf(config)
const channels = channelsOf(config)
const edges: { name: string; listen: string }[] = JSON.parse(readFileSync(join(import.meta.dirname, '../compose/toxiproxy.json'), 'utf8'))
const portOf = (edge: string) => edges.find(({ name }) => name === edge)?.listen.split(':')[1]

const TEAMS = ['platform', 'backend', 'database', 'laboratory', 'security', 'infrastructure', 'ai', 'product'] as const
/** Beside the receiver of the team. */
const MORE: Readonly<Record<string, string>> = {
  'platform critical': 'platform-pager',
  'database critical': 'database-pager',
  'security critical': 'security-pager',
  'backend warning': 'backend-chat',
  'product warning': 'product-chat',
}

describe.each(TEAMS)('%s', (team) => {
  test.each(['critical', 'warning'])('is told of what is %s', (severity) => {
    const more = MORE[`${team} ${severity}`]
    expect(receiversFor(route, { alertname: 'Some', service: 'some', severity, team })).toEqual([...(more === undefined ? [] : [more]), team])
    expect(channels[team]).toContain('webhook')
  })
})

test('the heartbeat goes to nobody else, and an alert without a team is noticed', () => {
  expect(receiversFor(route, { severity: 'none', team: 'platform', alertname: 'Watchdog' })).toEqual(['heartbeat'])
  expect(receiversFor(route, { alertname: 'Some', severity: 'critical', team: 'nobody' })).toEqual(['default'])
})

test('whoever owns the machine is told that its exporter is gone, beside those who are told of any', () => {
  const down = { alertname: 'ServiceDown', severity: 'critical', team: 'platform' }
  expect(receiversFor(route, { ...down, service: 'node-exporter' })).toEqual(['infrastructure', 'platform-pager', 'platform'])
  expect(receiversFor(route, { ...down, service: 'auth' })).toEqual(['platform-pager', 'platform'])
})

test('every receiver that a route names exists, and sends what has ended', () => {
  const named = JSON.stringify(raw.route).match(/"receiver":"[^"]+"/g) ?? []
  const names: string[] = raw.receivers.map(({ name }: { name: string }) => name)
  expect([...new Set(named)].toSorted()).toEqual(names.map((name) => `"receiver":"${name}"`).toSorted())
  for (const { name, ...integrations } of raw.receivers) {
    for (const [kind, all] of Object.entries(integrations) as [string, Record<string, unknown>[]][]) {
      expect(all.map(({ send_resolved: sends }) => sends), `${name} ${kind}`).toEqual([true])
    }
  }
})

test('every notification takes the edge of its kind, to a path that names its receiver', () => {
  const http = `http://toxiproxy:${portOf('alertmanager->sink')}`
  for (const { name, webhook_configs, slack_configs, pagerduty_configs, email_configs } of raw.receivers) {
    for (const { url } of webhook_configs ?? []) expect(url).toBe(`${http}/${name}`)
    for (const { api_url: url } of slack_configs ?? []) expect(url).toBe(`${http}/slack/${name}`)
    for (const { url } of pagerduty_configs ?? []) expect(url).toBe(`${http}/pagerduty/${name}`)
    for (const { to } of email_configs ?? []) expect(to).toBe(`${name}@tracseq.example`)
  }
  expect(raw.global.smtp_smarthost).toBe(`toxiproxy:${portOf('alertmanager->sink-mail')}`)
})

test('working hours rule over a copy only: whoever is asleep misses nothing that no other receiver has', () => {
  const timed = raw.route.routes.filter((one: Record<string, unknown>) => 'active_time_intervals' in one || 'mute_time_intervals' in one)
  expect(timed).toMatchObject([{ receiver: 'product-chat', continue: true }])
})

const rules: { alert?: string; labels?: { severity?: string } }[] = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.rules.yml'))
  .flatMap((file) => parse(readFileSync(join(import.meta.dirname, file), 'utf8')).groups.flatMap((group: { rules: object[] }) => group.rules))
const severitiesOf = (matchers: readonly string[]) =>
  matchers.flatMap((matcher) => {
    const [, names] = /^alertname =~? "(.*)"$/.exec(matcher) ?? []
    return names === undefined ? [] : names.split('|').map((name) => rules.find(({ alert }) => alert === name)?.labels?.severity)
  })

describe.each<{ source_matchers: string[]; target_matchers: string[]; equal: string[] }>(raw.inhibit_rules)('what $source_matchers mutes', (rule) => {
  test('is of the same service: two alerts of different ones have nothing to do with each other', () => {
    expect(rule.equal).toContain('service')
  })

  test('is only ever a warning, and by something critical that a rule really raises', () => {
    const [by, muted] = [severitiesOf(rule.source_matchers), severitiesOf(rule.target_matchers)]
    expect(by.length).toBeGreaterThan(0)
    expect(by).toEqual(by.map(() => 'critical'))
    if (muted.length === 0) expect(rule.target_matchers).toEqual(['severity = "warning"'])
    else expect(muted).toEqual(['warning'])
  })
})
