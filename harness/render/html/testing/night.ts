// A night as large as a real one, 45 drills from the journal of five; and a gate over a run, whose claims were all looked at. For the tests.
import { join } from 'node:path'
import { judgeGates } from '../../../checks/gate/judge-gates.ts'
import { judgeRun } from '../../../checks/judge.ts'
import { judgePast } from '../../../commands/write-reports.ts'
import type { Judged } from '../../../commands/write-reports.ts'
import { readPhases } from '../../../drill/read-phases.ts'
import type { Entry } from '../../../model/entry.ts'
import { FACT_KINDS } from './looks.ts'
import type { DrillRecord, RunRecord } from '../../../model/record.ts'

export const ROOT = join(import.meta.dirname, '../../../..')
export const SAMPLE = join(ROOT, 'reports/sample/smoke')

export async function aNight(): Promise<Judged> {
  const { record } = await judgePast(SAMPLE)
  const drills = Array.from({ length: 9 }, (_, round) => record.drills.map((drill) => (round === 0 ? drill : renamed(drill, `${drill.id}-${round + 1}`)))).flat()
  const night: RunRecord = { ...record, opened: { ...record.opened, drills: drills.map(({ id }) => id) }, drills }
  return { record: night, judgement: judgeRun(night), gates: [] }
}

function renamed(record: DrillRecord, name: string): DrillRecord {
  return { ...record, id: name, drill: { ...record.drill, name } }
}

/** The run as that of a gate, with one made-up look for each criterion of phase 6 that needs one. */
export async function gateOver({ record }: Judged): Promise<Judged> {
  const { phases } = await readPhases(join(ROOT, 'reports/phases'))
  const phase = phases.find(({ name }) => name === 'phase-6')
  if (phase === undefined) throw new Error('there is no phase-6')
  const skipped = { 'one-command-start': 'this stack was started by hand' }
  const looks = phase.criteria.flatMap(({ id, check }) => (check === undefined || !(check.kind in FACT_KINDS) ? [] : [{ type: 'gate-look', phase: phase.name, look: { criterion: id, kind: check.kind, covered: true, value: FACT_KINDS[check.kind]?.(check as never) } }]))
  const told = [{ type: 'gate-opened', phase, profile: 'nightly', skipped }, ...looks]
  const from = Math.max(...record.drills.flatMap(({ entries }) => entries.map(({ seq }) => seq)))
  const entries = told.map((happening, index) => ({ v: 1, seq: from + 1 + index, at: record.opened.at + 1_000 * index, ...happening }) as unknown as Entry)
  const run: RunRecord = { ...record, entries: [...record.entries, ...entries] }
  const judgement = judgeRun(run)
  return { record: run, judgement, gates: judgeGates(run, judgement) }
}
