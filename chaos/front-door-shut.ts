// Everything is well inside, and nobody comes in.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If the front door is shut for more than half an hour, is the broken promise of availability reported beside the door itself?',
  tags: ['alerts', 'services', 'business'],
  load: { scenario: 'sample-processing', rate: '5/s', floor: '3/s' },
  baseline: '4m',
  faults: [
    { kind: 'outage', edge: 'client->api-gateway', for: '48m' },
    { kind: 'outage', edge: 'blackbox-exporter->api-gateway', for: '48m' },
  ],
  criteria: [
    { kind: 'alert-fires', alert: 'EndpointDown', labels: { service: 'api-gateway' }, receiver: 'platform-pager', channel: 'pagerduty' },
    { kind: 'alert-fires', alert: 'SystemAvailabilitySLA', receiver: 'platform-pager', channel: 'pagerduty' },
    { kind: 'nothing-lost', scenario: 'sample-processing' },
    { kind: 'recovers', within: '5m' },
  ],
} satisfies Drill
