// Deliberate mistakes in real rules: a drill that passes with the sound rule has to tell each of them.
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Drill } from '../model/drill.ts'
import { loaded, ROOT, run, SABOTAGE, suite } from './testing/live-runs.ts'
import type { Ran } from './testing/live-runs.ts'
import { mutatedOverlay } from './testing/mutated-rules.ts'
import type { Mutant } from './testing/mutated-rules.ts'

const [compose = '', core = ''] = SABOTAGE
const rules = join(ROOT, 'alerts/services.rules.yml')
const replace = (from: string, to: string): Mutant['change'] => ({ expr }) => ({ expr: expr.replaceAll(from, to) })
const labelled = (label: string, value: string): Mutant['change'] => ({ labels }) => ({ labels: { ...(labels as object), [label]: value } })

/** Made of ServiceDown (of auth, which cannot be scraped) or SlowResponseTime (of sample, whose database is slow). */
const SILENT: readonly (Mutant & { readonly told: RegExp })[] = [
  { of: 'ServiceDown', name: 'ForTenfold', change: () => ({ for: '20m' }), told: /`for` needs/ },
  { of: 'ServiceDown', name: 'WrongTeam', change: labelled('team', 'database'), told: /was not delivered to platform-pager/ },
  { of: 'ServiceDown', name: 'MilderSeverity', change: labelled('severity', 'warning'), told: /was not delivered to platform-pager/ },
  { of: 'ServiceDown', name: 'OneServiceOnly', change: replace('up{target=""}', 'up{target="",service="sample"}'), told: /never held|no series/ },
  { of: 'ServiceDown', name: 'MetricRenamed', change: replace('up{target=""}', 'is_up{target=""}'), told: /there is no metric is_up/ },
  { of: 'ServiceDown', name: 'BelowZero', change: replace('== 0', '< 0'), told: /lowest value seen 0, needs < 0/ },
  { of: 'ServiceDown', name: 'OtherService', change: labelled('service', 'gateway'), told: /can never carry/ },
  { of: 'SlowResponseTime', name: 'ThresholdTenfold', change: replace('p95 > 1', 'p95 > 10'), told: /needs > 10/ },
  { of: 'SlowResponseTime', name: 'RecordRenamed', change: replace(':p95', ':p59'), told: /there is no metric service:http_request_duration_seconds:p59/ },
  { of: 'SlowResponseTime', name: 'FloorTenfold', change: replace('> 0.2', '> 200'), told: /needs > 200/ },
  { of: 'SlowResponseTime', name: 'JoinedOnAnother', change: replace('on (service) service:http_requests:rate5m > 0.2', 'on (service) up{service="postgres-exporter"} > 0'), told: /none of them match each other/ },
  { of: 'SlowResponseTime', name: 'LabelLost', change: ({ expr }) => ({ expr: `max(${expr})` }), told: /it fired with|can carry/ },
]
const NOISY: readonly Mutant[] = [
  { of: 'ServiceDown', name: 'ComparatorFlipped', change: replace('== 0', '!= 0') },
  { of: 'SlowResponseTime', name: 'OtherComparatorFlipped', change: replace('> 1', '< 1') },
]

const faults = [
  { kind: 'outage', edge: 'prometheus->auth', for: '16m' },
  { kind: 'latency', edge: 'sample->postgres', latency: '800ms', for: '21m' },
] as const
const wanted = { ServiceDown: { labels: { service: 'auth' }, receiver: 'platform-pager' }, SlowResponseTime: { labels: { service: 'sample' }, receiver: 'backend' } } as const
const expecting = (of: string, alert: string) => ({ kind: 'alert-fires', alert, ...wanted[of as keyof typeof wanted] }) as const
const drill = (criteria: Drill['criteria'], allow: Drill['allow'] = []): Drill => ({
  title: 'Does anybody notice what is wrong with the rules?',
  load: { scenario: 'sample-processing', rate: '4/s', floor: '2/s' },
  baseline: '2m',
  faults: [...faults],
  criteria,
  allow: [{ alert: 'SlowResponseTime' }, { alert: 'CriticalSlowResponseTime' }, ...allow],
})

suite('mistakes in rules', () => {
  describe('that keep an alert from coming or from arriving', () => {
    let ran: Ran
    beforeAll(async () => {
      const controls = ['ServiceDown', 'SlowResponseTime'].map((alert) => expecting(alert, alert))
      const made = SILENT.map(({ of, name }) => expecting(of, name))
      ran = await run([loaded('mutants', drill([...controls, ...made]))], { files: [compose, core, mutatedOverlay(rules, SILENT)] })
    }, 240_000)

    test.each(Object.keys(wanted))('control: %s as it is passes', (alert) => {
      expect(ran.finding('alert-fires', `${alert}{`)).toMatchObject({ verdict: 'pass' })
    })

    test.each(SILENT)('$name', ({ name, told }) => {
      const { verdict, because } = ran.finding('alert-fires', `${name}{`)
      expect(because).toMatch(told)
      expect(verdict).not.toBe('pass')
    })
  })

  test('that make it come when nothing is wrong', async () => {
    const ran = await run([loaded('noise', drill([expecting('ServiceDown', 'ServiceDown')]))], { files: [compose, core, mutatedOverlay(rules, NOISY)] })
    expect(ran.verdict).not.toBe('pass')
    for (const { name } of NOISY) expect(ran.drills[0]?.findings.map(({ because }) => because).join()).toContain(name)
  })
})
