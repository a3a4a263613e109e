// A user of the laboratory tries the doors of its administrators.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If a user tries what only administrators may, does the security team learn it?',
  tags: ['alerts', 'security', 'hostile'],
  together: true,
  load: { scenario: 'sample-processing', rate: '5/s', floor: '3/s' },
  baseline: '4m',
  faults: [{ kind: 'script', script: 'flood', with: { rate: 4, path: '/api/admin/users', as: 'user', expect: '403,429' }, service: 'api-gateway', for: '19m' }],
  criteria: [{ kind: 'alert-fires', alert: 'SuspiciousAPIActivity', receiver: 'security-pager', channel: 'pagerduty' }],
} satisfies Drill
