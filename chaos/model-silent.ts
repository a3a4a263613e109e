// The model takes every question and answers none.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If the model never answers, is its team told, and are all documents read once it is back?',
  tags: ['alerts', 'ai'],
  load: { scenario: 'document-intake', rate: '3/s', floor: '1/s' },
  baseline: '4m',
  faults: [{ kind: 'timeout', edge: 'rag->rag-model', for: '24m' }],
  criteria: [
    { kind: 'alert-fires', alert: 'RAGProcessingTimeout', receiver: 'ai' },
    { kind: 'nothing-lost', scenario: 'document-intake' },
  ],
  allow: [{ alert: 'SlowResponseTime' }, { alert: 'CriticalSlowResponseTime' }, { alert: 'HighLLMLatency' }, { alert: 'SlowRAGRetrieval' }, { alert: 'HighErrorRate' }],
} satisfies Drill
