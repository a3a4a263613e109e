// Small made-up drills for tests: a minute of baseline, a minute of fault, a minute of recovery, told in seconds.
import type { AnyCriterion } from '../../model/criterion.ts'
import type { LoadedDrill } from '../../model/drill.ts'
import type { Entry, Happening } from '../../model/entry.ts'
import type { Evidence, Proof } from '../../model/evidence.ts'
import type { Fault } from '../../model/fault.ts'
import type { DrillRecord, FaultRecord, RunRecord } from '../../model/record.ts'

const BEGAN = Date.UTC(2026, 0, 1, 12)
/** The moment that many seconds after the baseline began. */
export const at = (seconds: number): number => BEGAN + seconds * 1_000
/** When the fault of a made-up drill begins, when it ends, and when everything ends, in seconds. */
export const FAULT = 60
export const FAULT_END = 120
export const END = 180

export const aFault: Fault = { kind: 'latency', edge: 'sample->postgres', latency: '1500ms', for: '1m' }

export function aDrill(changes: Partial<LoadedDrill> = {}): LoadedDrill {
  return {
    name: 'slow-database',
    file: 'chaos/slow-database.ts',
    title: 'If the database answers late, are we told?',
    tags: [],
    load: { scenario: 'sample-processing', rate: '20/s', floor: '10/s' },
    baseline: '1m',
    faults: [aFault],
    criteria: [],
    allow: [],
    ...changes,
  }
}

/** A drill whose fault changes a rule of this group. */
export function aDrillThatChanges(group: string): LoadedDrill {
  const at = `groups[name=${group}].rules[alert=A].expr`
  return aDrill({ faults: [{ kind: 'config_change', service: 'prometheus', file: '/r.yml', at, to: '1', shows: { path: '/', text: '1' }, for: '1m' }] })
}

const proof = (seen: string, before: string): Proof => ({ what: 'asked for its greeting', before, seen, holds: true })

export function aFaultRecord(changes: Partial<FaultRecord> = {}): FaultRecord {
  return {
    index: 0,
    fault: aFault,
    target: 'sample->postgres',
    appliedAt: at(FAULT),
    proof: proof('1504 ms', '3 ms'),
    revertedAt: at(FAULT_END),
    goneProof: proof('3 ms', '1504 ms'),
    lines: [11, 12],
    ...changes,
  }
}

/** Evidence, with the second at which it came home; a minute after everything when none is given. */
export type Told = Evidence | readonly [seconds: number, evidence: Evidence]

export interface RecordChanges extends Partial<Omit<DrillRecord, 'entries'>> {
  readonly evidence?: readonly Told[]
  readonly happenings?: readonly Happening[]
}

export function aRecord({ evidence = [], happenings = [], ...changes }: RecordChanges = {}): DrillRecord {
  const told = evidence.map((one) => ('probe' in one ? ([END + 1, one] as const) : one))
  const stamp = (index: number, seconds: number) =>
    ({ v: 1, seq: 101 + index, at: at(seconds), drillId: 'slow-database' }) as const
  const entries: readonly Entry[] = [
    ...told.map(([seconds, one], index) => ({ ...stamp(index, seconds), type: 'evidence', evidence: one }) as const),
    ...happenings.map((happening, index) => ({ ...stamp(told.length + index, END), ...happening })),
  ]
  return {
    id: 'slow-database',
    drill: aDrill(),
    criteria: [] as readonly AnyCriterion[],
    acceleration: 1,
    openedAt: at(0),
    closed: { ...stamp(899, END + 2), type: 'drill-closed', reason: 'completed' },
    phases: {
      baseline: { from: at(0), to: at(FAULT) },
      fault: { from: at(FAULT), to: at(FAULT_END) },
      recovery: { from: at(FAULT_END), to: at(END) },
    },
    faults: [aFaultRecord()],
    failures: [],
    ...changes,
    entries,
  }
}

export interface RunChanges extends Partial<RunRecord> {
  /** The drills the run was to hold; those it has when left out. */
  readonly planned?: readonly string[]
}

/** A run that was closed as completed. */
export function aRun({ planned, ...changes }: RunChanges = {}): RunRecord {
  const drills = changes.drills ?? [aRecord()]
  return {
    opened: {
      v: 1,
      seq: 1,
      at: at(-30),
      type: 'run-opened',
      run: 'run-1',
      command: 'harness drill slow-database',
      drills: planned ?? drills.map(({ id }) => id),
      runtime: 'local',
      acceleration: 1,
      watched: true,
      floors: [],
      versions: { prometheus: '3.14.0' },
      digests: { 'chaos/slow-database.ts': 'sha256:1f' },
      machine: { platform: 'linux-x64', cpus: '2' },
    },
    closed: { v: 1, seq: 999, at: at(END + 10), type: 'run-closed', reason: 'completed' },
    drills,
    failures: [],
    entries: drills.flatMap(({ entries }) => entries),
    tornLines: 0,
    ...changes,
  }
}
