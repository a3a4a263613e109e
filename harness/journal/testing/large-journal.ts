// Writes a large journal as a long night would: many drills, each with all its evidence and hundreds of deliveries.
import { criteriaOf } from '../../model/drill.ts'
import type { LoadedDrill } from '../../model/drill.ts'
import type { Happening } from '../../model/entry.ts'
import type { Evidence } from '../../model/evidence.ts'
import { openJournal } from '../write.ts'
import { deliveryOf, factsAfter, factsBefore, SECOND, SECONDS } from './large-evidence.ts'

const drill: LoadedDrill = {
  name: 'slow-database',
  file: 'chaos/slow-database.ts',
  title: 'If the sample database answers 1.5 s late, are we told in time?',
  tags: ['smoke'],
  load: { scenario: 'sample-processing', rate: '20/s', floor: '10/s' },
  baseline: '1m',
  faults: [{ kind: 'latency', edge: 'sample->postgres', latency: '1500ms', for: '1m' }],
  criteria: [
    { kind: 'alert-fires', alert: 'Alert7', labels: { service: 'sample' }, receiver: 'backend' },
    { kind: 'trace-shows', edge: 'sample->postgres', minDuration: '1500ms', atLeast: 5 },
    { kind: 'value-holds', query: 'up', atLeast: 1, during: 'baseline' },
    { kind: 'nothing-lost', scenario: 'sample-processing' },
    { kind: 'recovers', within: '5m' },
  ],
  allow: [],
}

const about = {
  runtime: 'local',
  acceleration: 1,
  watched: true,
  floors: [],
  versions: { prometheus: '3.14.0' },
  digests: {},
  machine: { cpus: '2' },
}

export interface LargeRun {
  readonly drills: number
  /** At least 40. */
  readonly linesPerDrill: number
}

/** Writes it and returns how many lines it has. */
export function writeLargeJournal(file: string, { drills, linesPerDrill }: LargeRun): number {
  let now = Date.UTC(2026, 0, 1)
  let last = 0
  const journal = openJournal(file, { now: () => now })
  journal.onEntry(({ seq }) => (last = seq))
  const ids = Array.from({ length: drills }, (_, index) => (index === 0 ? drill.name : `${drill.name}#${index + 1}`))
  journal.append({ type: 'run-opened', run: 'large', command: 'harness drill --all', drills: ids, ...about })
  for (const id of ids) {
    const began = now
    for (const [second, happening] of drillOf(began, linesPerDrill)) {
      now = began + second * SECOND
      journal.append(happening, id)
    }
    now += 10 * SECOND
  }
  journal.append({ type: 'run-closed', reason: 'completed' })
  journal.close()
  return last
}

type Timed = readonly [second: number, happening: Happening]

function drillOf(began: number, lines: number): readonly Timed[] {
  const [fault] = drill.faults
  if (fault === undefined) return []
  const ref = { index: 0, fault, target: 'sample->postgres' }
  const proof = { what: 'asked sample->postgres for its greeting', before: '3 ms', seen: '1504 ms', holds: true }
  const evidence = (second: number, ...all: readonly Evidence[]): readonly Timed[] =>
    all.map((one) => [second, { type: 'evidence', evidence: one }])
  const story: readonly Timed[] = [
    [0, { type: 'drill-opened', drill, criteria: criteriaOf(drill, about) }],
    ...evidence(0, ...factsBefore()),
    [0, { type: 'phase-began', phase: 'baseline' }],
    [60, { type: 'phase-ended', phase: 'baseline' }],
    [60, { type: 'phase-began', phase: 'fault' }],
    [60, { type: 'fault-applying', ...ref, undo: { action: 'remove-toxic', edge: 'sample->postgres', toxic: 'h' } }],
    [60, { type: 'fault-applied', ...ref }],
    [61, { type: 'fault-proved', ...ref, proof }],
    [120, { type: 'fault-reverted', ...ref }],
    [120, { type: 'fault-gone', ...ref, proof }],
    [120, { type: 'phase-ended', phase: 'fault' }],
    [120, { type: 'phase-began', phase: 'recovery' }],
    [SECONDS, { type: 'phase-ended', phase: 'recovery' }],
    ...evidence(SECONDS, ...factsAfter(began)),
    [SECONDS, { type: 'drill-closed', reason: 'completed' }],
  ]
  const told = Math.max(2, lines - story.length)
  const chatter = Array.from({ length: told }, (_, index): Timed => {
    const resolved = index > told / 2
    const second = resolved ? 130 : 82 + (index / told) * 40
    return [second, { type: 'evidence', evidence: deliveryOf(began, resolved ? 'resolved' : 'firing') }]
  })
  return [...story, ...chatter].sort((a, b) => a[0] - b[0])
}
