// A neighbour eats the machine: nothing is down and nothing fails, everything just waits for its turn on the CPU.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If auth gets a tenth of a CPU, is backend told that users wait, is no registered user lost, and does everything recover unaided?',
  tags: ['containers', 'cpu'],
  // passwords are hashed, which takes auth several tenths of a CPU at this rate
  load: { scenario: 'auth', rate: '10/s', floor: '5/s' },
  baseline: '4m',
  faults: [{ kind: 'cpu_limit', service: 'auth', cpus: 0.1, for: '21m' }],
  criteria: [
    // the gateway is where users wait, and it has the CPU to say so
    { kind: 'alert-fires', alert: 'SlowResponseTime', labels: { service: 'api-gateway' }, receiver: 'backend' },
    { kind: 'nothing-lost', scenario: 'auth' },
    { kind: 'recovers', within: '5m' },
  ],
  // auth may be too starved to be scraped in time, so that it counts as down, or be scraped and show that it is slow; what waits
  // longest runs into deadlines
  allow: [
    { alert: 'ServiceDown', labels: { service: 'auth' } },
    { alert: 'SlowResponseTime', labels: { service: 'auth' } },
    { alert: 'CriticalSlowResponseTime' },
    { alert: 'HighErrorRate' },
  ],
} satisfies Drill
