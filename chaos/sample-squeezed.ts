// A service gets a tenth of the CPU it is used to: it uses all it has, and is held back for the rest.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If the CPU of sample is cut to a tenth, are its owners told that it is used up, and that it is held back?',
  tags: ['alerts', 'containers', 'resources'],
  load: { scenario: 'sample-processing', rate: '20/s', floor: '5/s' },
  baseline: '4m',
  faults: [{ kind: 'cpu_limit', service: 'sample', cpus: 0.1, for: '20m' }],
  criteria: [
    { kind: 'alert-fires', alert: 'HighCPUUsage', labels: { service: 'sample' }, receiver: 'platform' },
    { kind: 'alert-fires', alert: 'ServiceCPUThrottling', labels: { service: 'sample' }, receiver: 'platform' },
    { kind: 'nothing-lost', scenario: 'sample-processing' },
    { kind: 'recovers', within: '5m' },
  ],
  // it answers late, or too late, and so does whoever asks it; a scrape may wait too long as well
  allow: [
    { alert: 'SlowResponseTime' },
    { alert: 'CriticalSlowResponseTime' },
    { alert: 'HighErrorRate' },
    { alert: 'ServiceDown', labels: { service: 'sample' } },
    { alert: 'EndpointDown', labels: { service: 'sample' } },
    { alert: 'DatabaseConnectionPoolExhaustion', labels: { service: 'sample' } },
    { alert: 'PostgreSQLSlowQueries', labels: { service: 'sample' } },
  ],
} satisfies Drill
