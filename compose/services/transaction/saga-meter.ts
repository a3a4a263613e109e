// The coordinator's metrics: sagas by how they ended, steps and compensations by how they went.
import { Counter, Gauge, Histogram } from 'prom-client'
import type { Metrics } from '../kit/metrics.ts'
import { ENDS, type End } from './status.ts'

/** Records what sagas do. */
export interface SagaMeter {
  /** Starts measuring a step; call the result with how it went. */
  step(name: string): (result: 'completed' | 'failed') => void
  undo(name: string, result: 'completed' | 'skipped' | 'failed'): void
  ended(end: End, seconds: number): void
}

/** Exports the coordinator's metrics; `active` is read when Prometheus asks. */
export function createSagaMeter({ service, registry }: Metrics, active: () => number): SagaMeter {
  const registers = [registry]
  const ends = endMeter({ service, registers })
  new Gauge({
    name: 'transaction_active_sagas',
    help: 'Sagas that are being executed or compensated.',
    labelNames: ['service'],
    registers,
    collect() {
      this.set({ service }, active())
    },
  })
  const undone = new Counter({
    name: 'transaction_compensation_attempts_total',
    help: 'Attempts to undo a step: completed, skipped because there was nothing to undo, or failed.',
    labelNames: ['service', 'compensation', 'result'],
    registers,
  })
  return {
    step: stepMeter({ service, registers }),
    undo: (compensation, result) => undone.inc({ service, compensation, result }),
    ended: ends,
  }
}

interface Place {
  readonly service: string
  readonly registers: Metrics['registry'][]
}

function endMeter({ service, registers }: Place): SagaMeter['ended'] {
  const total = new Counter({
    name: 'transaction_sagas_total',
    help: 'Sagas that ended, by how.',
    labelNames: ['service', 'status'],
    registers,
  })
  const duration = new Histogram({
    name: 'transaction_saga_duration_seconds',
    help: 'Time from the submission of a saga to its end, its compensation included.',
    labelNames: ['service', 'status'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    registers,
  })
  for (const status of ENDS) total.inc({ service, status }, 0)
  return (status, seconds) => {
    total.inc({ service, status })
    duration.observe({ service, status }, seconds)
  }
}

function stepMeter({ service, registers }: Place): SagaMeter['step'] {
  const duration = new Histogram({
    name: 'transaction_step_duration_seconds',
    help: 'Time a step took with all its attempts.',
    labelNames: ['service', 'step', 'result'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30],
    registers,
  })
  return (step) => {
    const started = performance.now()
    return (result) => duration.observe({ service, step, result }, (performance.now() - started) / 1000)
  }
}
