// The model answers, and everybody waits for it.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If the model takes six seconds for an answer, is its team told that it is slow?',
  tags: ['alerts', 'ai', 'latency'],
  load: { scenario: 'document-intake', rate: '3/s', floor: '1/s' },
  baseline: '4m',
  faults: [{ kind: 'latency', edge: 'rag->rag-model', latency: '6s', for: '24m' }],
  criteria: [
    { kind: 'alert-fires', alert: 'HighLLMLatency', receiver: 'ai' },
    { kind: 'nothing-lost', scenario: 'document-intake' },
  ],
  allow: [{ alert: 'SlowResponseTime' }, { alert: 'CriticalSlowResponseTime' }, { alert: 'RAGProcessingTimeout' }, { alert: 'SlowRAGRetrieval' }, { alert: 'HighErrorRate' }],
} satisfies Drill
