// Folds a recorded run into findings and one verdict. Whatever is missing makes it inconclusive, never a pass.
import { messageOf } from '../errors.ts'
import type { AnyCriterion } from '../model/criterion.ts'
import type { Finding, JudgedDrill, Judgement } from '../model/finding.ts'
import type { DrillRecord, RunRecord } from '../model/record.ts'
import { worst } from '../model/verdict.ts'
import type { Verdict } from '../model/verdict.ts'
import { unprovedFault } from './faults-proved.ts'
import { checks, describeCriterion, judgeCriterion } from './index.ts'
import type { Checks } from './index.ts'
import { inconclusive } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import { count } from './wording.ts'

/** Judges every drill of a run, the ones that never started included. Pure, and never throws. */
export function judgeRun(record: RunRecord, table: Checks = checks): Judgement {
  const opened = record.drills.map((drill) => judgeDrill(drill, table))
  const known = new Set(opened.map(({ id }) => id))
  const why = whyUnopened(record)
  const unopened = record.opened.drills.filter((id) => !known.has(id)).map((id) => neverStarted(id, why))
  const drills = [...opened, ...unopened]
  const whole = record.closed?.reason === 'completed' && record.failures.length === 0
  const verdict = worst([...drills.map((drill) => drill.verdict), ...(whole ? [] : ['inconclusive' as const])])
  return { run: record.opened.run, verdict, because: sayRun(record, drills, verdict), drills }
}

/** Judges one drill by the criteria that were recorded when it was opened. */
export function judgeDrill(record: DrillRecord, table: Checks = checks): JudgedDrill {
  const cut = cutShort(record)
  const findings = record.criteria.map((criterion) => {
    const outcome =
      cut === undefined ? guarded(criterion, record, table) : inconclusive(cut.because, { lines: cut.lines })
    return { criterion, sentence: sentenceOf(criterion, table), ...outcome }
  })
  const verdict = worst([
    ...findings.map((finding) => finding.verdict),
    ...(cut === undefined ? [] : ['inconclusive' as const]),
  ])
  return {
    id: record.id,
    name: record.drill.name,
    title: record.drill.title,
    verdict,
    because: cut?.because ?? sayDrill(findings, verdict),
    findings,
  }
}

/** Short, for it is said of every drill; the failure itself is told once, for the run. */
function whyUnopened({ failures: [failure], closed }: RunRecord): string | undefined {
  if (failure !== undefined) return `${failure.step} failed (${failure.code})`
  return closed === undefined ? 'interrupted: the journal ends before the run does' : undefined
}

function neverStarted(id: string, why: string | undefined): JudgedDrill {
  const because = why === undefined ? 'never started' : `never started: ${why}`
  return { id, name: id.replace(/#\d+$/, ''), title: id, verdict: 'inconclusive', because, findings: [] }
}

/** Why a drill was not gone through to its end; undefined when it was. */
function cutShort({ closed, failures }: DrillRecord): Pick<Outcome, 'because' | 'lines'> | undefined {
  if (closed?.reason === 'completed') return undefined
  const failure = failures.at(0)
  const lines = [...(failure ? [failure.seq] : []), ...(closed ? [closed.seq] : [])]
  if (closed?.reason === 'interrupted') return { because: 'the drill was interrupted', lines }
  if (failure !== undefined) return { because: `the drill broke off: ${sayFailure(failure)}`, lines }
  return {
    because:
      closed === undefined
        ? 'interrupted: the journal ends before the drill does'
        : 'the drill broke off, and no failed step was recorded',
    lines,
  }
}

function sayFailure({ step, code, message, hint }: DrillRecord['failures'][number]): string {
  return `${step} failed (${code}): ${message}${hint === '' ? '' : `. To do: ${hint}`}`
}

function guarded(criterion: AnyCriterion, record: DrillRecord, table: Checks): Outcome {
  const unproved = presupposesFault(criterion) ? unprovedFault(record) : undefined
  if (unproved !== undefined)
    return inconclusive(`nothing can be said without the fault: ${unproved}`, {
      lines: record.faults.flatMap(({ lines }) => lines),
    })
  const outcome = attempted(criterion, record, table)
  const failure = record.failures[0]
  if (outcome.verdict !== 'inconclusive' || failure === undefined) return outcome
  return { ...outcome, because: `${outcome.because}; ${sayFailure(failure)}`, lines: [...outcome.lines, failure.seq] }
}

function attempted(criterion: AnyCriterion, record: DrillRecord, table: Checks): Outcome {
  try {
    return judgeCriterion(criterion, record, table)
  } catch (thrown) {
    return inconclusive(`the check ${criterion.kind} itself crashed, a defect of the harness: ${messageOf(thrown)}`)
  }
}

function sentenceOf(criterion: AnyCriterion, table: Checks): string {
  try {
    return describeCriterion(criterion, table)
  } catch (thrown) {
    return `${criterion.kind} (cannot be described: ${messageOf(thrown)})`
  }
}

/** Criteria about what happens during or after a fault mean nothing when there was none. */
function presupposesFault(criterion: AnyCriterion): boolean {
  if (criterion.kind === 'alert-fires' || criterion.kind === 'alert-inhibited' || criterion.kind === 'recovers') return true
  if (criterion.kind === 'trace-shows' || criterion.kind === 'value-holds')
    return (criterion.during ?? 'fault') === 'fault'
  return false
}

function sayDrill(findings: readonly Finding[], verdict: Verdict): string {
  if (findings.length === 0) return 'nothing was asked of it'
  const decisive = findings.filter((finding) => finding.verdict === verdict)
  if (verdict === 'pass') return findings.length === 1 ? 'its criterion holds' : `all ${findings.length} criteria hold`
  const what = verdict === 'fail' ? 'do not hold' : 'cannot be judged'
  return `${decisive.length} of ${findings.length} criteria ${what}: ${decisive[0]?.because ?? ''}`
}

function sayRun(record: RunRecord, drills: readonly JudgedDrill[], verdict: Verdict): string {
  const of = (wanted: Verdict) => drills.filter((drill) => drill.verdict === wanted).length
  if (verdict === 'pass') return drills.length === 1 ? 'the drill passes' : `all ${drills.length} drills pass`
  if (verdict === 'fail') return `${of('fail')} of ${count(drills.length, 'drill')} failed`
  const [failure] = record.failures
  if (failure !== undefined) return sayFailure(failure)
  if (record.closed?.reason !== 'completed')
    return whyUnopened(record) ?? `the run was ${record.closed?.reason}`
  return drills.length === 0
    ? 'the run held no drill'
    : `${of('inconclusive')} of ${count(drills.length, 'drill')} inconclusive`
}
