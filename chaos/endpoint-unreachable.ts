// Scraped without trouble, and yet deaf to those who ask from outside.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If a service is scraped but answers nobody else, does the platform team learn which?',
  tags: ['alerts', 'services'],
  together: true,
  load: { scenario: 'sample-processing', rate: '5/s', floor: '3/s' },
  baseline: '4m',
  faults: [{ kind: 'outage', edge: 'blackbox-exporter->template', for: '10m' }],
  criteria: [{ kind: 'alert-fires', alert: 'EndpointDown', labels: { service: 'template' }, receiver: 'platform' }],
} satisfies Drill
