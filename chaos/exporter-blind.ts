// The blackbox exporter loses the module that its probes ask for: it runs and answers, and looks at no door any more.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If the exporter of all public doors sees nothing, is the platform paged, and does that end when it sees again?',
  tags: ['alerts', 'monitoring'],
  load: { scenario: 'sample-processing', rate: '5/s', floor: '3/s' },
  baseline: '4m',
  faults: [
    {
      kind: 'config_change',
      service: 'blackbox-exporter',
      file: '/etc/blackbox_exporter/blackbox.yml',
      at: 'modules.health',
      shows: { path: '/config', text: 'prober: http' },
      for: '16m',
    },
  ],
  criteria: [
    { kind: 'alert-fires', alert: 'ExporterBlind', labels: { service: 'blackbox-exporter' }, receiver: 'platform-pager', channel: 'pagerduty' },
  ],
} satisfies Drill
