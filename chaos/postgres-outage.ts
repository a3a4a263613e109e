// Every service stands on this database: the worst single loss there is.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title:
    'If no service can reach PostgreSQL, is each team told, are acknowledged writes kept, and does everything recover unaided?',
  tags: ['smoke', 'outage'],
  load: { scenario: 'sample-processing', rate: '20/s', floor: '10/s' },
  baseline: '4m',
  faults: [{ kind: 'outage', edge: '*->postgres', for: '17m' }],
  criteria: [
    { kind: 'alert-fires', alert: 'PostgreSQLDown', receiver: 'database' },
    { kind: 'alert-fires', alert: 'HighErrorRate', labels: { service: 'sample' }, receiver: 'backend' },
    { kind: 'alert-fires', alert: 'HighErrorRate', labels: { service: 'api-gateway' }, receiver: 'backend' },
    // every request needs its session checked first, so this is the edge where the outage is met
    { kind: 'trace-shows', edge: 'auth->postgres', status: 'error', atLeast: 5 },
    { kind: 'nothing-lost', scenario: 'sample-processing' },
    { kind: 'invariants-hold' },
    { kind: 'recovers', within: '5m' },
  ],
  // auth fails too, as far as sessions are checked at all; requests that wait for a connection before they fail are slow
  allow: [
    { alert: 'HighErrorRate', labels: { service: 'auth' } },
    { alert: 'SlowResponseTime' },
    { alert: 'CriticalSlowResponseTime' },
  ],
} satisfies Drill
