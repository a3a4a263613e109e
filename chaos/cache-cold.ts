// Somebody reads a table that is larger than the memory of the database, again and again.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If PostgreSQL finds too little in its memory, is its owner told while users are still served?',
  tags: ['alerts', 'database'],
  load: { scenario: 'sample-processing', rate: '5/s', floor: '3/s' },
  baseline: '4m',
  faults: [{ kind: 'script', script: 'read-cold', service: 'postgres', for: '32m' }],
  criteria: [{ kind: 'alert-fires', alert: 'DatabaseLowCacheHitRatio', receiver: 'database' }, { kind: 'users-served', good: 0.99 }],
} satisfies Drill
