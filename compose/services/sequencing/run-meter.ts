// Counts the runs that have ended, by instrument, kind and outcome.
import { Counter } from 'prom-client'
import type { Metrics } from '../kit/metrics.ts'
import { PLATFORMS, RUN_TYPES, type Platform, type RunType } from './platforms.ts'
import type { RunEnd } from './run-status.ts'

/** Records what becomes of runs. */
export interface RunMeter {
  ended(instrument: Platform, type: RunType, end: RunEnd): void
}

/** What the recording rules call the outcomes. */
const OUTCOMES: Readonly<Record<RunEnd, string>> = { completed: 'success', failed: 'failed', aborted: 'aborted' }

/** Exports sequencing_runs_completed. */
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
  return {
    ended: (instrument, run_type, end) => counter.inc({ instrument, run_type, status: OUTCOMES[end] }),
  }
}
