// Somebody tries passwords, faster than anybody mistypes.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If somebody tries one password after another, does the security team learn it?',
  tags: ['alerts', 'security', 'hostile'],
  together: true,
  load: { scenario: 'sample-processing', rate: '5/s', floor: '3/s' },
  baseline: '4m',
  faults: [
    {
      kind: 'script',
      script: 'flood',
      with: { rate: 2, method: 'POST', path: '/api/auth/login', body: '{"email":"${email}","password":"Wrong-Horse-${n}"}', expect: '401,403,429' },
      service: 'auth',
      for: '19m',
    },
  ],
  criteria: [{ kind: 'alert-fires', alert: 'HighAuthenticationFailures', labels: { service: 'auth' }, receiver: 'security' }],
} satisfies Drill
