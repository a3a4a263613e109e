// A job is lost when prometheus.yml is edited: nothing is down, it is only no longer looked at, and every other alert of it is mute.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If a service is no target of Prometheus any more, does somebody learn that nobody watches it, and does that end when it is back?',
  tags: ['alerts', 'monitoring'],
  load: { scenario: 'sample-processing', rate: '5/s', floor: '3/s' },
  // what is missed is what was there an hour ago
  baseline: '62m',
  faults: [
    {
      kind: 'config_change',
      service: 'prometheus',
      file: '/etc/prometheus/prometheus.yml',
      at: 'scrape_configs[job_name=library-details]',
      shows: { path: '/api/v1/status/config', text: 'job_name: library-details' },
      for: '16m',
    },
  ],
  criteria: [
    {
      kind: 'alert-fires',
      alert: 'TargetMissing',
      labels: { service: 'library-details' },
      receiver: 'platform',
      // the hour that it looks back is over by then: 5m until Prometheus forgets the target, and the 5m of the rule
      within: { firing: '13m', delivered: '15m' },
    },
  ],
} satisfies Drill
