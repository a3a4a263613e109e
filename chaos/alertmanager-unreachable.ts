// The way of the alerts themselves is cut: no alert can say so, so its silence has to.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If Prometheus cannot reach Alertmanager, does whoever waits for the heartbeat notice, and is everybody told once the way is free?',
  tags: ['alerts', 'monitoring'],
  load: { scenario: 'sample-processing', rate: '5/s', floor: '3/s' },
  baseline: '4m',
  faults: [{ kind: 'outage', edge: 'prometheus->alertmanager', for: '14m' }],
  criteria: [
    { kind: 'heartbeat-stops', alert: 'Watchdog', receiver: 'heartbeat' },
    { kind: 'alert-fires', alert: 'AlertmanagerUnreachable', receiver: 'platform', messenger: true },
  ],
  // it is scraped by the same way as it is reached
  allow: [{ alert: 'ServiceDown', labels: { service: 'alertmanager' } }],
} satisfies Drill
