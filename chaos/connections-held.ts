// Somebody opens connections and does not close them: not an outage yet, and soon one.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If the connections of PostgreSQL run out, is its owner told while users are still served?',
  tags: ['alerts', 'database'],
  together: true,
  load: { scenario: 'sample-processing', rate: '5/s', floor: '3/s' },
  baseline: '4m',
  faults: [{ kind: 'script', script: 'hold-connections', with: { share: 0.86 }, service: 'postgres', for: '13m' }],
  criteria: [{ kind: 'alert-fires', alert: 'PostgreSQLHighConnections', receiver: 'database' }, { kind: 'users-served', good: 0.99 }],
} satisfies Drill
