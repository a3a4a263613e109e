// Counts the runs that have ended, by instrument, kind and outcome: all of them, and how the latest went.
import { Counter, Gauge } from 'prom-client'
import type { Query } from '../kit/database.ts'
import type { Metrics } from '../kit/metrics.ts'
import { PLATFORMS, RUN_TYPES, type Platform, type RunType } from './platforms.ts'
import type { RunEnd } from './run-status.ts'

/** Records what becomes of runs. */
export interface RunMeter {
  ended(instrument: Platform, type: RunType, end: RunEnd): void
  /** Finds in the database how the latest runs went: a restart must not make them forgotten. */
  recall(query: Query): Promise<void>
}

/** What the recording rules call the outcomes. */
const OUTCOMES: Readonly<Record<RunEnd, string>> = { completed: 'success', failed: 'failed', aborted: 'aborted' }
/** So many latest runs of a kind say how it goes. Those that somebody stopped are none of them. */
const LATEST = 20

interface Ended {
  readonly platform_id: Platform
  readonly run_type: RunType
  readonly status: RunEnd
}

/** Oldest first. */
const RECALL = `select platform_id, run_type, status from (
  select *, row_number() over (partition by platform_id, run_type order by completed_at desc, id) as nth
  from sequencing.runs where status in ('completed', 'failed')
) as latest
where nth <= ${LATEST} order by nth desc`

/** Exports sequencing_runs_completed and sequencing_latest_runs. */
export function createRunMeter({ registry }: Metrics): RunMeter {
  const counter = new Counter({
    name: 'sequencing_runs_completed',
    help: 'Runs that have ended: success, failed or aborted.',
    labelNames: ['instrument', 'run_type', 'status'],
    registers: [registry],
  })
  // Series that must exist before the first failure, or its increase would be invisible.
  for (const instrument of PLATFORMS) {
    for (const run_type of RUN_TYPES) {
      for (const status of Object.values(OUTCOMES)) counter.inc({ instrument, run_type, status }, 0)
    }
  }
  const went = latestRuns(registry)
  return {
    ended: (instrument, run_type, end) => {
      counter.inc({ instrument, run_type, status: OUTCOMES[end] })
      went({ platform_id: instrument, run_type, status: end })
    },
    recall: async (query) => (await query<Ended & Record<string, unknown>>(RECALL)).forEach(went),
  }
}

function latestRuns(registry: Metrics['registry']): (run: Ended) => void {
  const latest = new Map<string, RunEnd[]>()
  const gauge = new Gauge({
    name: 'sequencing_latest_runs',
    help: `How the latest ${LATEST} runs of a kind went: success or failed.`,
    labelNames: ['instrument', 'run_type', 'status'],
    registers: [registry],
  })
  return ({ platform_id: instrument, run_type, status }) => {
    if (status === 'aborted') return
    const kind = `${instrument} ${run_type}`
    const ends = [...(latest.get(kind) ?? []), status].slice(-LATEST)
    latest.set(kind, ends)
    for (const end of ['completed', 'failed'] as const) {
      gauge.set({ instrument, run_type, status: OUTCOMES[end] }, ends.filter((one) => one === end).length)
    }
  }
}
