// Every kind of evidence can be told in a line.
import { expect, test } from 'vitest'
import { alerts, clock, invariant, load, rules, signal, store, trace, traces, value } from '../../checks/testing/evidence.ts'
import type { Entry } from '../../model/entry.ts'
import type { Evidence } from '../../model/evidence.ts'
import { wordsFor } from './evidence-words.ts'

function told(evidence: unknown): string {
  return wordsFor({ v: 1, seq: 1, at: 0, type: 'evidence', evidence: evidence as Evidence } satisfies Entry)
}
const window = { from: 0, to: 1 }

test.each([
  [rules(), '1 alerting rule and 1 receiver as they were loaded'],
  [clock(-3), 'the clock of prometheus is 3 ms behind'],
  [{ probe: 'targets', covered: true, value: [{ health: 'up' }, { health: 'down' }] }, '1 of 2 targets up'],
  [{ probe: 'active-alerts', covered: true, value: [] }, '0 alerts active: none'],
  [alerts(), 'history of alerts: none fired'],
  [signal([1]), 'the value behind SlowResponseTime: service:latency:p95 > 0.5'],
  [{ probe: 'notifications', covered: true, value: { window, taken: 4, errors: 1, integrations: [{ integration: 'email', requests: 3, failed: 2 }] } }, 'Alertmanager took 4 alerts (1 error) and sent 3 by email, 2 failed'],
  [{ probe: 'rule-links', covered: true, value: { alert: 'A', window, links: [{ present: true }, { present: false }] } }, 'what A hangs on: 1 of 2 parts had a result'],
  [{ probe: 'routing', covered: true, value: [{ alert: 'A', receivers: ['x', 'y'] }] }, 'Alertmanager routes 1 alert: A to x, y'],
  [load(), 'load of sample-processing: 3600 operations, 100.0 % good, p95 50 ms'],
  [{ probe: 'traced-edges', covered: true, value: { expected: ['a->b'], seen: [] } }, 'traces show 0 edges, 1 expected'],
  [traces([trace('a', [])], ['b']), '1 of 2 traces found, 1 not, 1 complete'],
  [value([1]), '`up` in the fault phase: 1 series'],
  [store(['acknowledged', 1, 9]), 'samples read: 9 acknowledged keys with 1 row'],
  [invariant('no-twins', [2, 0]), 'no-twins, after the load, looked at 9 times: 0 violations at last'],
  [{ ...load(), covered: false, missing: 'k6 died' }, 'not fully seen: load, k6 died'],
  [{ probe: 'of-tomorrow', covered: true, value: {} }, 'of-tomorrow'],
])('%#', (evidence, text) => {
  expect(told(evidence)).toBe(text)
})

test('what a gate looked at, as it was seen', () => {
  const look = { criterion: 'c', kind: 'endpoint', covered: true, value: [{ service: 'auth', when: 'idle', status: 200, ms: 3, body: { status: 'ok', parts: [] } }, { service: 'rag', when: 'idle', ms: 9, error: 'refused' }] } as const
  const say = (own: object) => wordsFor({ v: 1, seq: 1, at: 0, type: 'gate-look', phase: 'p', look: { ...look, ...own } } as never)
  expect(say({})).toBe('endpoint: service auth, when idle, status 200, ms 3, body (status ok, parts (none)); service rag, when idle, ms 9, error refused')
  expect(say({ covered: false, missing: 'rag does not answer', value: [] })).toBe('endpoint not fully seen, rag does not answer: none')
})
