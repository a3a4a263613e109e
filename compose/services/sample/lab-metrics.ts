// The laboratory's own metrics, driven by what really happens to samples.
import { Counter, Gauge } from 'prom-client'
import type { Metrics } from '../kit/metrics.ts'
import { receivedAt } from './receipt.ts'
import type { SampleRow } from './row.ts'
import { SAMPLE_TYPES } from './sample-types.ts'
import type { Status } from './status.ts'

/** Records what happens in the laboratory. */
export interface LabMetrics {
  validated(valid: boolean): void
  /** A sample has reached a status. */
  reached(sample: SampleRow, status: Status): void
}

/** Statuses in which the laboratory is done with a sample. */
const ENDS: readonly Status[] = ['completed', 'failed', 'rejected']
/** The turnaround time is the mean over this many latest samples of a type. */
const WINDOW = 100

/** Exports the laboratory's metrics. */
export function createLabMetrics(metrics: Metrics): LabMetrics {
  const total = metrics.counter('sample_validation_total', 'Validations of samples.')
  const failures = metrics.counter('sample_validation_failures_total', 'Validations that found a sample invalid.')
  const processed = processedCounter(metrics)
  const turnaround = turnaroundGauge(metrics)
  return {
    validated: (valid) => {
      total()
      if (!valid) failures()
    },
    reached: (sample, status) => {
      const { sample_type } = sample
      if (!ENDS.includes(status)) return
      processed.inc({ service: metrics.service, status, sample_type })
      if (status === 'completed') turnaround(sample_type, (Date.now() - receivedAt(sample).getTime()) / 1000)
    },
  }
}

function processedCounter({ service, registry }: Metrics): Counter<'service' | 'status' | 'sample_type'> {
  const counter = new Counter({
    name: 'sample_processed_total',
    help: 'Samples the laboratory is done with: completed, failed or rejected.',
    labelNames: ['service', 'status', 'sample_type'],
    registers: [registry],
  })
  for (const status of ENDS) {
    for (const sample_type of SAMPLE_TYPES) counter.inc({ service, status, sample_type }, 0)
  }
  return counter
}

function turnaroundGauge({ registry }: Metrics): (type: string, seconds: number) => void {
  const latest = new Map<string, number[]>()
  const gauge = new Gauge({
    name: 'sample_turnaround_time_seconds',
    help: `Mean time from receipt to completion of the latest ${WINDOW} samples of a type.`,
    labelNames: ['sample_type'],
    registers: [registry],
  })
  return (sample_type, seconds) => {
    const times = [...(latest.get(sample_type) ?? []), seconds].slice(-WINDOW)
    latest.set(sample_type, times)
    gauge.set({ sample_type }, times.reduce((sum, time) => sum + time, 0) / times.length)
  }
}
