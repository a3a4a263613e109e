// A service may hold little more than it holds. Template is idle under this load, and holds 115 to 120 MiB.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If a service holds most of the memory it may hold, is the platform team told before it runs out?',
  tags: ['alerts', 'resources'],
  together: true,
  load: { scenario: 'sample-processing', rate: '5/s', floor: '3/s' },
  baseline: '4m',
  faults: [{ kind: 'memory_limit', service: 'template', memory: '130m', for: '15m' }],
  criteria: [{ kind: 'alert-fires', alert: 'HighMemoryUsage', labels: { service: 'template' }, receiver: 'platform' }],
} satisfies Drill
