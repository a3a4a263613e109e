// Somebody asks the model at length, again and again: all is served, and each word costs.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If somebody uses up tokens by the thousand, does the team of the model learn it before the bill comes?',
  tags: ['alerts', 'ai'],
  together: true,
  load: { scenario: 'sample-processing', rate: '5/s', floor: '3/s' },
  baseline: '4m',
  faults: [
    {
      kind: 'script',
      script: 'flood',
      with: { rate: 5, method: 'POST', path: '/api/samples/rag/query', as: 'user', body: '{"query":"${words}","session_id":"${uuid}"}', words: 999 },
      service: 'rag',
      for: '24m',
    },
  ],
  criteria: [{ kind: 'alert-fires', alert: 'HighLLMTokenUsage', receiver: 'ai' }],
} satisfies Drill
