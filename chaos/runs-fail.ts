// An instrument fails one run after another.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If the runs of one instrument fail, is the laboratory told which one it is, and is it over when runs succeed again?',
  tags: ['alerts', 'laboratory'],
  together: true,
  load: { scenario: 'sample-processing', rate: '5/s', floor: '3/s' },
  baseline: '4m',
  faults: [{ kind: 'script', script: 'fail-runs', service: 'sequencing', for: '20m' }],
  criteria: [{ kind: 'alert-fires', alert: 'HighSequencingFailureRate', receiver: 'laboratory' }],
} satisfies Drill
