// The model answers as fast as ever, and overlooks facts: nothing fails, and what is read is wrong.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If the model overlooks every third fact, is its team told?',
  tags: ['alerts', 'ai'],
  together: true,
  load: { scenario: 'sample-processing', rate: '5/s', floor: '3/s' },
  baseline: '4m',
  faults: [{ kind: 'script', script: 'reduce-precision', service: 'rag-model', for: '48m' }],
  criteria: [{ kind: 'alert-fires', alert: 'AIModelAccuracyDrop', receiver: 'ai' }],
} satisfies Drill
