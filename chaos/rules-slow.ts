// One letter too many: a group of rules is to be evaluated each millisecond and not each minute. It cannot, and leaves out most of its turns.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If rules are evaluated more seldom than they should be, is the platform told, and does that end when they keep up again?',
  tags: ['alerts', 'monitoring'],
  load: { scenario: 'sample-processing', rate: '5/s', floor: '3/s' },
  baseline: '4m',
  faults: [
    {
      kind: 'config_change',
      service: 'prometheus',
      file: '/etc/prometheus/rules/business.rules.yml',
      at: 'groups[name=business].interval',
      to: '1ms',
      shows: { path: '/api/v1/rules', text: '"interval":0.001' },
      for: '16m',
    },
  ],
  criteria: [{ kind: 'alert-fires', alert: 'RuleEvaluationSlow', labels: { service: 'prometheus' }, receiver: 'platform' }],
  // one turn follows the other without a pause
  allow: [{ alert: 'HighCPUUsage', labels: { service: 'prometheus' } }],
} satisfies Drill
