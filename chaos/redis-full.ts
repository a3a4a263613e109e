// Memory that only grows: Redis refuses writes when it is full, so its owner has to know before.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If Redis fills up to its limit, is its owner told before it refuses writes?',
  tags: ['alerts', 'database'],
  together: true,
  load: { scenario: 'event-stream', rate: '4/s', floor: '2/s' },
  baseline: '4m',
  faults: [{ kind: 'script', script: 'fill-redis', with: { share: 0.94 }, service: 'redis', for: '13m' }],
  criteria: [{ kind: 'alert-fires', alert: 'RedisHighMemory', receiver: 'database' }, { kind: 'users-served', good: 0.99 }],
} satisfies Drill
