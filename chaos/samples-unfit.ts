// Most samples that come in hold nothing.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If most samples are found unfit, is the laboratory told?',
  tags: ['alerts', 'laboratory'],
  together: true,
  load: { scenario: 'sample-processing', rate: '5/s', floor: '3/s' },
  baseline: '4m',
  faults: [{ kind: 'script', script: 'send-bad-samples', service: 'sample', for: '24m' }],
  criteria: [{ kind: 'alert-fires', alert: 'SampleValidationFailureRate', receiver: 'laboratory' }],
} satisfies Drill
