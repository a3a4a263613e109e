// Reads what a client wants stored of a run.
import type { JsonObject } from '../kit/fields.ts'
import { typedFieldsOf } from '../kit/typed-fields.ts'
import { platformNamed, RUN_TYPES, type Platform, type RunType } from './platforms.ts'
import { RUN_STATUSES, type RunStatus } from './run-status.ts'

/** A run to be created; with a job, what is left out is taken from it. */
export interface RunDraft {
  readonly name: string
  readonly platform_id: Platform
  readonly flowcell_id: string
  readonly run_type: RunType | null
  readonly job_id: string | null
  readonly chemistry: string | null
  readonly cluster_generation_kit: string | null
  readonly sequencing_kit: string | null
  readonly read_structure: string | null
  readonly sample_count: number | null
  readonly estimated_yield_gb: number | null
}

const NAME = { min: 1, max: 255 }
const TEXT = { max: 100 }
const PERCENT = { min: 0, max: 100 }
const AMOUNT = { min: 0, max: 1e9 }

/** Reads a run to be created. */
export function readRun(body: JsonObject): RunDraft {
  const fields = typedFieldsOf(body)
  const name = fields.text('name', NAME)
  const platform = fields.text('platform_id', { min: 1 })
  const flowcell_id = fields.text('flowcell_id', { min: 1, max: 100 })
  const draft = {
    name,
    flowcell_id,
    run_type: fields.optionalWord('run_type', RUN_TYPES),
    job_id: fields.optionalUuid('job_id'),
    chemistry: fields.optionalText('chemistry', TEXT),
    cluster_generation_kit: fields.optionalText('cluster_generation_kit', TEXT),
    sequencing_kit: fields.optionalText('sequencing_kit', TEXT),
    read_structure: fields.optionalText('read_structure', TEXT),
    sample_count: fields.optionalWhole('sample_count', { min: 0, max: 100_000 }),
    estimated_yield_gb: fields.optionalNumber('estimated_yield_gb', AMOUNT),
  }
  fields.done('validation')
  return { ...draft, platform_id: platformNamed(platform) }
}

/** What a run came to; null leaves a figure as it is. */
export interface RunResults {
  readonly actual_yield_gb: number | null
  readonly quality_score_mean: number | null
  readonly percent_pf: number | null
  readonly percent_q30: number | null
  readonly error_rate: number | null
  readonly data_path: string | null
}

/** No results. */
export const NO_RESULTS: RunResults = {
  actual_yield_gb: null,
  quality_score_mean: null,
  percent_pf: null,
  percent_q30: null,
  error_rate: null,
  data_path: null,
}

/** Reads a wished status with what is known of the run by then. */
export function readRunStatus(body: JsonObject): { to: RunStatus; results: RunResults } {
  const fields = typedFieldsOf(body)
  const to = fields.word('status', RUN_STATUSES)
  const results = {
    actual_yield_gb: fields.optionalNumber('actual_yield_gb', AMOUNT),
    quality_score_mean: fields.optionalNumber('quality_score_mean', PERCENT),
    percent_pf: fields.optionalNumber('percent_pf', PERCENT),
    percent_q30: fields.optionalNumber('percent_q30', PERCENT),
    error_rate: fields.optionalNumber('error_rate', PERCENT),
    data_path: fields.optionalText('data_path', { max: 500 }),
  }
  fields.done('validation')
  return { to, results }
}
