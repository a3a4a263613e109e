// Everything works up to the last step: the one who has to be told answers with errors.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If one receiver refuses its notifications, are the others told of it, and is it told again once it takes them?',
  tags: ['alerts', 'monitoring'],
  together: true,
  load: { scenario: 'sample-processing', rate: '5/s', floor: '3/s' },
  baseline: '4m',
  faults: [{ kind: 'receiver_broken', receiver: 'heartbeat', how: '500', for: '16m' }],
  criteria: [
    { kind: 'heartbeat-stops', alert: 'Watchdog', receiver: 'heartbeat' },
    { kind: 'alert-fires', alert: 'AlertDeliveryFailing', labels: { integration: 'webhook' }, receiver: 'platform' },
  ],
} satisfies Drill
