// The report for programs: one stable shape, described by reports/report.schema.json.
import type { EntryOf } from '../model/entry.ts'
import { wordOf } from '../model/fault.ts'
import type { Finding, JudgedDrill, Judgement, MeasuredTime } from '../model/finding.ts'
import { overallOf } from '../model/gate-finding.ts'
import type { GateJudgement } from '../model/gate-finding.ts'
import type { DrillRecord, FaultRecord, RunRecord } from '../model/record.ts'
import { exitCodeOf } from '../model/verdict.ts'
import type { Verdict } from '../model/verdict.ts'
import { stateOf } from './gate-words.ts'
import type { Report } from './report-schema.ts'
import { fidelity, iso } from './words.ts'

/** Where the schema lies, seen from a run under reports/runs. */
const SCHEMA = '../../report.schema.json'

export function renderJson(record: RunRecord, judgement: Judgement, gates: readonly GateJudgement[] = []): string {
  return `${JSON.stringify(reportOf(record, judgement, gates), null, 2)}\n`
}

function reportOf(record: RunRecord, judgement: Judgement, gates: readonly GateJudgement[]): Report {
  const { opened, closed } = record
  const { verdict, because } = overallOf(judgement, gates)
  return {
    $schema: SCHEMA,
    version: 1,
    run: judgement.run,
    verdict,
    because,
    exitCode: exitCodeOf(verdict),
    command: opened.command,
    openedAt: iso(opened.at),
    closedAt: closed ? iso(closed.at) : null,
    closed: closed?.reason ?? null,
    runtime: opened.runtime,
    acceleration: opened.acceleration,
    fidelity: fidelity(record),
    floors: opened.floors.map(({ what, wanted, used }) => ({ what, wanted, used })),
    versions: opened.versions,
    digests: opened.digests,
    machine: opened.machine,
    ...(gates.length > 0 && { gates: gates.map(gateOf) }),
    counts: countsOf(judgement.drills),
    drills: judgement.drills.map((drill) => drillOf(drill, record)),
    failures: record.failures.map(failureOf),
    tornLines: record.tornLines,
  }
}

function gateOf({ phase, title, profile, verdict, because, findings }: GateJudgement): NonNullable<Report['gates']>[number] {
  const criteria = findings.map((finding) => {
    const { id, claims, claim, source, question, weight } = finding.criterion
    return { id, claims: [...claims], claim, source, question, weight, asked: finding.sentence, verdict: finding.verdict, state: stateOf(finding), because: finding.because, lines: [...finding.lines] }
  })
  return { phase, title, profile, verdict, because, criteria }
}

function countsOf(drills: readonly JudgedDrill[]): Report['counts'] {
  const of = (wanted: Verdict) => drills.filter(({ verdict }) => verdict === wanted).length
  return { pass: of('pass'), fail: of('fail'), inconclusive: of('inconclusive') }
}

function drillOf(judged: JudgedDrill, { drills, opened }: RunRecord): Report['drills'][number] {
  const record = drills.find(({ id }) => id === judged.id)
  return {
    id: judged.id,
    name: judged.name,
    title: judged.title,
    verdict: judged.verdict,
    because: judged.because,
    closed: record?.closed?.reason ?? null,
    phases: phasesOf(record),
    faults: (record?.faults ?? []).map(faultOf),
    findings: judged.findings.map((finding) => findingOf(finding, opened.acceleration)),
    failures: (record?.failures ?? []).map(failureOf),
  }
}

function phasesOf(record: DrillRecord | undefined): Report['drills'][number]['phases'] {
  const windows = Object.entries(record?.phases ?? {}).filter(([, window]) => window !== undefined)
  return Object.fromEntries(windows.map(([phase, { from, to }]) => [phase, { from: iso(from), to: iso(to) }]))
}

function faultOf({
  fault,
  target,
  appliedAt,
  proof,
  revertedAt,
  goneProof,
  lines,
}: FaultRecord): Report['drills'][number]['faults'][number] {
  return {
    kind: wordOf(fault),
    target,
    appliedAt: appliedAt === undefined ? null : iso(appliedAt),
    proof: proof ?? null,
    revertedAt: revertedAt === undefined ? null : iso(revertedAt),
    goneProof: goneProof ?? null,
    lines: [...lines],
  }
}

function findingOf(finding: Finding, acceleration: number): Report['drills'][number]['findings'][number] {
  const { criterion, sentence, verdict, because, times, lines } = finding
  return {
    criterion: { ...criterion },
    sentence,
    verdict,
    because,
    times: times.map((time) => timeOf(time, acceleration)),
    lines: [...lines],
  }
}

function timeOf({ name, ms, limitMs }: MeasuredTime, acceleration: number) {
  const limit = limitMs ?? null
  return { name, ms, limitMs: limit, productionMs: ms * acceleration, productionLimitMs: limit && limit * acceleration }
}

function failureOf({ step, code, message, hint, at, seq }: EntryOf<'step-failed'>): Report['failures'][number] {
  return { step, code, message, hint, at: iso(at), line: seq }
}
