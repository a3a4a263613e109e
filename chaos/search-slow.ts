// Somebody keeps the table locked that is searched for every question.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If searches for passages take seconds, is the team of the model told?',
  tags: ['alerts', 'ai', 'latency'],
  load: { scenario: 'document-intake', rate: '3/s', floor: '1/s' },
  baseline: '4m',
  faults: [{ kind: 'script', script: 'slow-queries', with: { table: 'rag.passages', ms: 3_000 }, service: 'postgres', for: '24m' }],
  criteria: [
    { kind: 'alert-fires', alert: 'SlowRAGRetrieval', receiver: 'ai' },
    { kind: 'nothing-lost', scenario: 'document-intake' },
  ],
  allow: [
    { alert: 'PostgreSQLSlowQueries', labels: { service: 'rag' } },
    { alert: 'DatabaseConnectionPoolExhaustion', labels: { service: 'rag' } },
    { alert: 'SlowResponseTime' },
    { alert: 'CriticalSlowResponseTime' },
    { alert: 'HighErrorRate' },
  ],
} satisfies Drill
