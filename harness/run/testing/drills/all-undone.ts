// A drill with one fault for each way of undoing, short, and harmless enough that no alert notices.
import type { Drill } from '../../../model/drill.ts'

export default {
  title: 'Is each kind of fault undone, whenever the harness dies?',
  load: { scenario: 'sample-processing', rate: '10/s', floor: '5/s' },
  baseline: '20s',
  faults: [
    { kind: 'latency', edge: 'sample->jaeger', latency: '300ms', for: '1m' },
    { kind: 'outage', edge: 'api-gateway->jaeger', for: '1m' },
    { kind: 'freeze', service: 'node-exporter', for: '1m' },
    {
      kind: 'config_change',
      service: 'prometheus',
      file: '/etc/prometheus/rules/sabotage.rules.yml',
      at: 'groups[name=sabotage].rules[alert=ThresholdOutOfReach].for',
      to: '2h',
      shows: { path: '/api/v1/rules', text: '"duration":7200' },
      for: '1m',
    },
    { kind: 'crash', service: 'postgres-exporter', for: '1m' },
    { kind: 'script', script: 'pretend', with: { holds: 1 }, service: 'sample', for: '1m' },
  ],
  criteria: [{ kind: 'nothing-lost', scenario: 'sample-processing' }],
} satisfies Drill
