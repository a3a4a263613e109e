// Samples are completed days after they came.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If samples of a type take longer than was promised, is the laboratory told?',
  tags: ['alerts', 'laboratory'],
  together: true,
  load: { scenario: 'sample-processing', rate: '5/s', floor: '3/s' },
  baseline: '4m',
  faults: [{ kind: 'script', script: 'finish-late', service: 'sample', for: '40m' }],
  criteria: [{ kind: 'alert-fires', alert: 'SampleTurnaroundTimeSLA', receiver: 'laboratory' }],
} satisfies Drill
