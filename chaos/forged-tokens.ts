// Somebody shows forged tokens at every door.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If forged tokens come by the dozen, does the security team learn which service meets them?',
  tags: ['alerts', 'security', 'hostile'],
  together: true,
  load: { scenario: 'sample-processing', rate: '5/s', floor: '3/s' },
  baseline: '4m',
  faults: [{ kind: 'script', script: 'flood', with: { rate: 15, path: '/api/samples', as: 'forged', expect: '401,429' }, service: 'api-gateway', for: '24m' }],
  criteria: [{ kind: 'alert-fires', alert: 'JWTExpirationIssues', receiver: 'security' }],
} satisfies Drill
