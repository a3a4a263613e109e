// Every probe against every way its source can fail: the evidence says what is missing, and nothing is thrown but an
// abort.
import { expect, onTestFinished, test } from 'vitest'
import type { Evidence, RuleFact } from '../model/evidence.ts'
import { probeActiveAlerts } from './active-alerts.ts'
import { probeAlerts } from './alerts.ts'
import { probeClock } from './clock.ts'
import { deadAddress, fakeObserver, type FakeReply } from './testing/fake-observer.ts'
import { contextAt } from './testing/fake-rig.ts'
import type { ProbeContext } from './probe.ts'
import { probeRouting } from './routing.ts'
import { probeRuleSignal } from './rule-signal.ts'
import { probeRules } from './rules.ts'
import { probeTargets } from './targets.ts'
import { probeTraces } from './traces.ts'
import { probeValue } from './value.ts'

const window = { from: 1_000_000, to: 1_060_000 }
const rule: RuleFact = { alert: 'A', group: 'g', expr: 'up == 0', labels: {}, forMs: 0, keepFiringMs: 0, intervalMs: 1_000, windowMs: 0, depth: 0, health: 'ok' }
const asked = [{ trace: 'ab', t: 1, op: 'o', phase: 'fault' as const }]

const probes: Readonly<Record<string, (context: ProbeContext) => Promise<Evidence>>> = {
  rules: probeRules,
  clock: probeClock,
  targets: probeTargets,
  'active-alerts': probeActiveAlerts,
  alerts: (context) => probeAlerts(context, window),
  'rule-signal': (context) => probeRuleSignal(context, rule, window),
  value: (context) => probeValue(context, { query: 'up', phase: 'fault', window, stepMs: 1_000 }),
  routing: probeRouting,
  traces: (context) => probeTraces(context, { asked, deadlineMs: 300 }),
}

const replies: Readonly<Record<string, FakeReply | 'hang'>> = {
  hangs: 'hang',
  'answers 500': { status: 500, body: 'boom' },
  'answers garbage': { body: '\u0000not json' },
  'answers an empty object': { body: {} },
  'answers null': { body: 'null' },
  'answers success without data': { body: { status: 'success' } },
  'answers data of another kind': { body: { status: 'success', data: { resultType: 'vector', result: [[]], alerts: 7, groups: null, yaml: 1 } } },
  'answers in part': { body: { status: 'success', warnings: ['remote read failed'], data: { resultType: 'matrix', result: [] } } },
  'refuses the query': { status: 422, body: { status: 'error', error: 'too many samples' } },
}

for (const [name, probe] of Object.entries(probes)) {
  test(`${name}: a dead source is not covered`, async () => {
    const seen = await probe(contextAt(await deadAddress(), { hurried: name === 'traces' }))
    expect(seen).toMatchObject({ probe: name, covered: false, missing: expect.stringContaining('connection refused') })
  })

  test.each(Object.entries(replies))(`${name}: a source that %s is not covered`, async (_, reply) => {
    const server = await fakeObserver(() => reply)
    onTestFinished(() => server[Symbol.asyncDispose]())
    const seen = await probe(contextAt(server.base, { hurried: true }))
    expect(seen).toMatchObject({ probe: name, covered: false, missing: expect.stringMatching(/Prometheus|Alertmanager|Jaeger/) })
    expect(JSON.parse(JSON.stringify(seen))).toEqual(seen)
  })

  test(`${name}: an abort is thrown`, async () => {
    const server = await fakeObserver(() => 'hang')
    onTestFinished(() => server[Symbol.asyncDispose]())
    const abort = new AbortController()
    const seen = probe(contextAt(server.base, { signal: abort.signal }))
    abort.abort(new Error('stop'))
    await expect(seen).rejects.toThrow(/^stop$/)
  })
}
