// The lines a console shows while a run goes on, and what it keeps to itself.
import { expect, test } from 'vitest'
import type { Happening } from '../model/entry.ts'
import { blind, delivery, load } from '../checks/testing/evidence.ts'
import { aDrill, aFault } from '../checks/testing/records.ts'
import { lineFor } from './line-for.ts'

const ref = { index: 0, fault: aFault, target: 'sample->postgres' }
const proof = { what: 'asked', before: '3 ms', seen: '1504 ms', holds: true }
const line = (happening: Happening) => lineFor({ v: 1, seq: 1, at: 0, drillId: 'slow-database#2', ...happening })

test.each<[Happening, string | undefined]>([
  [
    { type: 'drill-opened', drill: aDrill(), criteria: [] },
    'drill slow-database#2: If the database answers late, are we told?',
  ],
  [{ type: 'phase-began', phase: 'fault' }, 'phase: fault'],
  [{ type: 'phase-ended', phase: 'fault' }, undefined],
  [{ type: 'fault-applying', ...ref, undo: { action: 'thaw', service: 'auth' } }, undefined],
  [{ type: 'fault-applied', ...ref }, 'fault applied: latency on sample->postgres'],
  [{ type: 'fault-proved', ...ref, proof }, 'fault proved: latency on sample->postgres, 1504 ms (before: 3 ms)'],
  [
    { type: 'fault-proved', ...ref, proof: { ...proof, holds: false } },
    'fault NOT proved: latency on sample->postgres, 1504 ms (before: 3 ms)',
  ],
  [{ type: 'fault-reverted', ...ref }, 'fault reverted: latency on sample->postgres'],
  [
    { type: 'fault-gone', ...ref, proof: { ...proof, holds: false } },
    'fault NOT gone: latency on sample->postgres, 1504 ms (before: 3 ms)',
  ],
  [
    { type: 'evidence', evidence: delivery(1, 'firing')[1] },
    'delivered to backend: SlowResponseTime{service=sample} firing',
  ],
  [
    { type: 'evidence', evidence: delivery(1, 'resolved', { channel: 'slack', text: 'x' })[1] },
    'delivered to backend by slack: SlowResponseTime{service=sample} resolved',
  ],
  [{ type: 'evidence', evidence: load() }, undefined],
  [{ type: 'evidence', evidence: blind(load()) }, 'not fully seen: load, Prometheus did not answer'],
  [
    { type: 'step-failed', step: 'stack', code: 'BUG', message: 'it broke', hint: 'mend it' },
    'stack failed (BUG): it broke. To do: mend it',
  ],
  [{ type: 'service-died', service: 'auth', how: 'exit 1', lastLines: ['a', 'b'] }, 'auth died (exit 1): b'],
  [{ type: 'run-closed', reason: 'interrupted' }, 'run interrupted'],
])('%o', (happening, expected) => {
  expect(line(happening)).toBe(expected)
})
