// A rule is edited and no longer knows which series belong to which: it fails each time it is evaluated, and looks as if it had nothing to say.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If a rule can no longer be evaluated, is the platform paged, and does that end when the rule is mended?',
  tags: ['alerts', 'monitoring'],
  load: { scenario: 'sample-processing', rate: '5/s', floor: '3/s' },
  baseline: '4m',
  faults: [
    {
      kind: 'config_change',
      service: 'prometheus',
      file: '/etc/prometheus/rules/database.rules.yml',
      at: 'groups[name=database].rules[alert=PostgreSQLHighConnections].expr',
      // one series of connections for each database and state, and the sum over them is gone
      to: 'pg_stat_activity_count / on (instance) pg_settings_max_connections > 0.8',
      shows: { path: '/api/v1/rules', text: 'pg_stat_activity_count / on (instance) pg_settings_max_connections' },
      for: '16m',
    },
  ],
  criteria: [
    { kind: 'alert-fires', alert: 'RuleEvaluationFailing', labels: { service: 'prometheus' }, receiver: 'platform-pager', channel: 'pagerduty' },
  ],
} satisfies Drill
