// The alert that always fires: it has to arrive while all is well, and to stay away while the monitoring is hurt.
import { expect, test } from 'vitest'
import { heartbeatArrives } from './heartbeat-arrives.ts'
import { heartbeatStops } from './heartbeat-stops.ts'
import { delivery, rules } from './testing/evidence.ts'
import { aDrill, aRecord, END } from './testing/records.ts'
import type { RecordChanges, Told } from './testing/records.ts'

const watchdog = { alert: 'Watchdog', receiver: 'heartbeat' }
/** Every 8 s at the latest: 4 + 2 * 1 + 2. */
const known = (): Told => {
  const { value, ...rest } = rules()
  return { ...rest, value: { ...value, receivers: [{ receiver: 'heartbeat', groupWaitMs: 0, groupIntervalMs: 1_000, repeatIntervalMs: 4_000 }] } }
}
const beat = (seconds: number): Told => delivery(seconds, 'firing', watchdog)
const every5s = (from: number, to: number) => Array.from({ length: Math.ceil((to - from) / 5) }, (_, i) => beat(from + 5 * i))
const quiet = { drill: aDrill({ faults: [] }), faults: [], phases: { baseline: { from: aRecord().openedAt, to: aRecord().openedAt + END * 1_000 } } }
const arrives = (evidence: readonly Told[], changes: RecordChanges = {}) => heartbeatArrives.judge({ kind: 'heartbeat-arrives', ...watchdog }, aRecord({ evidence, ...changes }))
const stops = (evidence: readonly Told[], changes: RecordChanges = {}) => heartbeatStops.judge({ kind: 'heartbeat-stops', ...watchdog }, aRecord({ evidence, ...changes }))

test('passes while it keeps arriving, and says how often', () => {
  expect(arrives([known(), ...every5s(1, 180)], quiet)).toMatchObject({ verdict: 'pass', because: '36 times, at most 5.0 s apart, allowed 8.0 s' })
})

test('what happens while a fault holds is not asked, nor directly after it', () => {
  expect(arrives([known(), ...every5s(1, 60), ...every5s(127, 182)])).toMatchObject({ verdict: 'pass' })
  expect(arrives([known(), ...every5s(1, 60), ...every5s(150, 182)])).toMatchObject({ verdict: 'fail', because: expect.stringContaining('heard nothing of Watchdog for 22.0 s in the recovery phase') })
})

test('fails where it stays away, or never came', () => {
  expect(arrives([known(), ...every5s(1, 40), ...every5s(60, 182)], quiet)).toMatchObject({ verdict: 'fail', because: expect.stringMatching(/for 24.0 s in the baseline phase, allowed 8.0 s$/) })
  expect(arrives([known()], quiet)).toMatchObject({ verdict: 'fail' })
  expect(arrives([known(), ...every5s(1, 180).map((one) => ('probe' in one ? one : delivery(one[0], 'firing', { ...watchdog, receiver: 'platform' })))], quiet)).toMatchObject({ verdict: 'fail' })
})

test('is inconclusive where its waits are not known, or nothing was calm for long enough to miss it', () => {
  expect(arrives([...every5s(1, 180)], quiet)).toMatchObject({ verdict: 'inconclusive', because: expect.stringContaining('not on record') })
  const short = { ...quiet, phases: { baseline: { from: aRecord().openedAt, to: aRecord().openedAt + 5_000 } } }
  expect(arrives([known()], short)).toMatchObject({ verdict: 'inconclusive', because: expect.stringContaining('it never came, and nothing was calm for longer') })
  expect(arrives([known(), beat(1)], short)).toMatchObject({ verdict: 'pass' })
})

test('stops: passes where nothing came for longer than may pass, and fails where it went on', () => {
  expect(stops([known(), ...every5s(1, 60), ...every5s(125, 182)])).toMatchObject({ verdict: 'pass', because: 'nothing came for 1 min 4 s; whoever waits knows after 8.0 s' })
  expect(stops([known(), ...every5s(1, 182)])).toMatchObject({ verdict: 'fail', because: expect.stringContaining('kept arriving') })
})

test('stops: is inconclusive where it had not come before, or the fault was too short to tell', () => {
  expect(stops([known()])).toMatchObject({ verdict: 'inconclusive', because: expect.stringContaining('before the fault either') })
  const [fault] = aRecord().faults
  const short = { faults: fault ? [{ ...fault, revertedAt: (fault.appliedAt ?? 0) + 4_000 }] : [] }
  expect(stops([known(), ...every5s(1, 182)], short)).toMatchObject({ verdict: 'inconclusive', because: expect.stringContaining('hold it longer') })
  expect(stops([known(), ...every5s(1, 182)], { faults: [] })).toMatchObject({ verdict: 'inconclusive' })
})
