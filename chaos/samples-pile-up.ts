// Samples come in faster than anybody validates them.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If more than a thousand samples wait for validation, is the laboratory told?',
  tags: ['alerts', 'laboratory'],
  together: true,
  load: { scenario: 'event-stream', rate: '4/s', floor: '2/s' },
  baseline: '4m',
  faults: [{ kind: 'script', script: 'enter-samples', service: 'sample', for: '30m' }],
  criteria: [{ kind: 'alert-fires', alert: 'SampleProcessingBacklog', receiver: 'laboratory' }],
} satisfies Drill
