// The invariants of jobs, libraries, reviews and reports: what is broken on purpose is found, named and found alone.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { isOver, JOB_STATUSES, mayGo } from './sequencing/job-status.ts'
import { askInvariants, type AskedInvariants } from './testing/asked-invariants.ts'

/** Ids that can be told apart in messages. */
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

let asked: AskedInvariants

beforeAll(async () => {
  asked = await askInvariants('127.61.42.1')
}, 60_000)

afterAll(() => asked.postgres.remove())

describe('sequencing', () => {
  const change = (sql: string) => asked.as('sequencing', sql)
  const [JOB, SHEET, RUN] = [1, 2, 3].map(id) as [string, string, string]
  const steps = (job: string, ...pairs: readonly string[]) => pairs.map((pair) => {
    const [from, to] = pair.split('>')
    return `insert into sequencing.job_status_history (job_id, previous_status, new_status, changed_by) values ('${job}', '${from}', '${to}', 'x');`
  }).join('')
  const sheet = `insert into sequencing.sample_sheets (id, name, platform_id, samples_data, created_by) values ('${SHEET}', 's', 'nanopore', '[]', 'x');`
  const job = (status: string) => `insert into sequencing.jobs (id, name, status, priority, platform_id, workflow_id, sample_sheet_id, created_by)
    values ('${JOB}', 'j', '${status}', 'low', 'nanopore', 'standard_wgs', '${SHEET}', 'x');`
  const run = (status: string) => `insert into sequencing.runs (id, name, platform_id, run_type, flowcell_id, status, job_id, created_by)
    values ('${RUN}', 'r', 'nanopore', 'exome', 'f', '${status}', '${JOB}', 'x');`
  const TO_RUN = ['draft>submitted', 'submitted>validated', 'validated>queued', 'queued>running']

  afterEach(() => change('truncate sequencing.jobs, sequencing.sample_sheets, sequencing.runs, sequencing.job_status_history restart identity'))

  it('that went its way breaks nothing', async () => {
    await change(sheet + job('completed') + run('completed') + steps(JOB, ...TO_RUN, 'running>completed'))
    expect(await asked.broken()).toEqual({})
    expect(await asked.seen('job-and-run-agree')).toMatchObject({ judged: 1 })
  })

  it('may take every step that the service allows, and no other', async () => {
    const pairs = JOB_STATUSES.flatMap((from) => JOB_STATUSES.map((to) => ({ from, to })))
    const allowed = pairs.filter(({ from, to }) => mayGo(from, to) || (to === 'cancelled' && !isOver(from)))
    await change(pairs.map(({ from, to }) => steps(JOB, `${from}>${to}`)).join(''))
    expect(await asked.seen('job-steps-legal')).toMatchObject({ judged: pairs.length, violations: pairs.length - allowed.length })
  })

  it('with a step that is not legal', async () => {
    await change(sheet + job('completed') + steps(JOB, 'draft>completed'))
    expect(await asked.broken()).toEqual({ 'job-steps-legal': [`${JOB}: history row 1 goes from draft to completed`] })
  })

  it('with a step that left no row, in the middle and at the end', async () => {
    await change(sheet + job('running') + steps(JOB, 'draft>submitted', 'validated>queued'))
    expect(await asked.broken()).toEqual({
      'job-history-unbroken': [`${JOB}: history row 2 begins at validated, though row 1 before it ended at submitted`],
      'job-status-is-last-of-history': [`${JOB}: it is running, though its last history row 2 ended at queued`],
    })
  })

  it('with a step that left two rows', async () => {
    await change(sheet + job('submitted') + steps(JOB, 'draft>submitted', 'draft>submitted'))
    const why = `${JOB}: history row 2 begins at draft, though row 1 before it ended at submitted`
    expect(await asked.broken()).toEqual({ 'job-history-unbroken': [why] })
  })

  it.each([
    ['completed', 'running', ['queued>running']],
    ['running', 'queued', []],
  ])('with a run that is %s and a job that is %s', async (ofRun, ofJob, last) => {
    await change(sheet + job(ofJob) + run(ofRun) + steps(JOB, ...TO_RUN.slice(0, 3), ...last))
    expect(await asked.broken()).toEqual({ 'job-and-run-agree': [`${JOB}: the job is ${ofJob}, its run ${RUN} is ${ofRun}`] })
  })

  it('with a job whose sheet is gone', async () => {
    await change(job('queued') + steps(JOB, ...TO_RUN.slice(0, 3)))
    expect(await asked.broken()).toEqual({ 'job-sheets-there': [`${JOB}: it is queued and relies on sheet ${SHEET}, which is gone`] })
  })
})

describe('libraries, reviews and reports', () => {
  afterEach(async () => {
    await asked.as('library-details', 'truncate library_details.libraries cascade')
    await asked.as('qaqc', 'truncate qaqc.library_prep_qc, qaqc.qc_metric_history, qaqc.outbox')
    await asked.as('reports', 'truncate reports.generated_reports, reports.outbox')
  })

  it.each([
    ['null', 'unknown', false],
    ['0.7', '0.7', false],
    ['0.9', '0.9', true],
  ])('a library whose score is %s and was measured as 0.9', async (score, said, whole) => {
    await asked.as('library-details', `
      insert into library_details.libraries (id, name, library_type, quality_score) values ('${id(1)}', 'l', 'dna', ${score});
      insert into library_details.quality_control_metrics (library_id, metric_type, value, status) values ('${id(1)}', 'quality_score', 0.9, 'Pass')`)
    const why = [`${id(1)}: its quality score is ${said}, measured were 0.9`]
    expect(await asked.broken()).toEqual(whole ? {} : { 'library-score-as-measured': why })
  })

  it('a preparation without its measurements', async () => {
    const prep = (n: number) => `insert into qaqc.library_prep_qc (id, library_prep_id, overall_status, performed_by)
      values ('${id(n)}', '${id(n + 10)}', 'passed', '${id(9)}');`
    await asked.as('qaqc', `begin; ${prep(1)} insert into qaqc.qc_metric_history (metric_type, metric_name, entity_id, value, status, recorded_by)
      values ('library_prep', 'x', '${id(11)}', 1, 'pass', '${id(9)}'); commit`)
    expect(await asked.broken()).toEqual({})
    await asked.as('qaqc', prep(2))
    const why = `${id(12)}: preparation ${id(2)} has none of its measurements in the trends`
    expect(await asked.broken()).toEqual({ 'qc-preparations-in-trends': [why] })
  })

  it('a review that is decided twice', async () => {
    const decided = (decision: string) => `insert into qaqc.outbox (event_type, subject, payload)
      values ('qc.review_completed', '${id(1)}', '{"decision": "${decision}"}');`
    await asked.as('qaqc', decided('approved'))
    await asked.delivered('qaqc')
    expect(await asked.broken()).toEqual({})
    await asked.as('qaqc', decided('rejected'))
    await asked.delivered('qaqc')
    expect(await asked.broken()).toEqual({ 'qc-decided-once': [`${id(1)}: 2 decisions are told of: approved, rejected`] })
  })

  it('a report that stays in the making, and one that is made twice', async () => {
    await asked.as('reports', `
      insert into reports.generated_reports (id, title, report_type, format, generated_by) values ('${id(1)}', 't', 'custom', 'json', '${id(9)}');
      insert into reports.outbox (event_type, subject, payload)
      values ('report.requested', '${id(1)}', '{}'), ('report.completed', '${id(2)}', '{}'), ('report.completed', '${id(2)}', '{}')`)
    await asked.delivered('reports')
    expect(await asked.broken()).toEqual({
      'reports-made': [expect.stringMatching(`${id(1)}: t is in the making since .*, after 0 attempts`)],
      'reports-made-once': [`${id(2)}: report.completed is told of 2 times`],
    })
  })
})
