// What the matrix says of an edge that hurt users, of one that nobody was told about, and of runs it has no business in.
import { expect, test } from 'vitest'
import { aDrill, aRecord, aRun, at, END, FAULT, FAULT_END } from '../checks/testing/records.ts'
import type { Evidence } from '../model/evidence.ts'
import { edgeMatrix } from './edge-matrix.ts'

const window = { from: at(0), to: at(END) }
const second = (t: number) => ({ t: at(t), invoked: 20, good: t < FAULT ? 20 : 10, bad: t < FAULT ? 0 : 10, unknown: 0, p95: t < FAULT ? 20 : 900 })
const load = { probe: 'load', value: { scenario: 's', window, buckets: Array.from({ length: FAULT_END }, (_, t) => second(t)) }, covered: true } as unknown as Evidence
const clock = { probe: 'clock', value: { source: 'prometheus', offsetMs: 0, roundTripMs: 1 }, covered: true } as Evidence
const firing = (state: string) => ({ probe: 'alerts', value: { window, groups: [], series: [{ alert: 'HighErrorRate', labels: {}, state, spans: [{ from: at(FAULT + 10), to: at(FAULT_END) }] }] }, covered: true }) as unknown as Evidence

function matrixOf(state: string, tags: readonly string[] = ['each-edge']): string {
  const record = aRecord({ drill: aDrill({ tags: [...tags] }), evidence: [load, clock, firing(state)] })
  const judged = { id: record.id, name: record.id, title: '', verdict: 'pass', because: '', findings: [] } as const
  return edgeMatrix(aRun({ drills: [record] }), { run: 'r', verdict: 'pass', because: '', drills: [judged] }).join('\n')
}

test('what users saw before and during, and who was told', () => {
  expect(matrixOf('firing')).toContain('| `sample->postgres` | **pass**; 100.0 % -> 50.0 % good, p95 20 -> 900 ms; HighErrorRate |')
  expect(matrixOf('firing')).toContain('Blind spots: none')
})

test('an alert that was only pending told nobody: a blind spot', () => {
  expect(matrixOf('pending')).toContain('**no alert**')
  expect(matrixOf('pending')).toContain('- latency of `sample->postgres`')
})

test('other runs have no matrix', () => {
  expect(matrixOf('firing', ['smoke'])).toBe('')
})
