// A service holds more than it may. A plain process is only told so, and goes on; in a container the kernel kills it, long
// before anybody is told: run this one on processes.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If a service has used up its memory, is the platform team woken, and told once, with the worse of the two alerts?',
  tags: ['alerts', 'resources'],
  together: true,
  load: { scenario: 'sample-processing', rate: '5/s', floor: '3/s' },
  baseline: '4m',
  faults: [{ kind: 'memory_limit', service: 'transaction', memory: '108m', for: '15m' }],
  criteria: [
    { kind: 'alert-fires', alert: 'CriticalMemoryUsage', labels: { service: 'transaction' }, receiver: 'platform-pager', channel: 'pagerduty' },
    { kind: 'alert-inhibited', alert: 'HighMemoryUsage', labels: { service: 'transaction' } },
  ],
} satisfies Drill
