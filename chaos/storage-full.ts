// A room nearly full is a warning, a full one is an emergency: the same cause, further along.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If the places of a temperature zone are nearly all taken, is the laboratory told once, and with the worse of the two alerts?',
  tags: ['alerts', 'laboratory'],
  together: true,
  load: { scenario: 'sample-processing', rate: '5/s', floor: '3/s' },
  baseline: '4m',
  faults: [{ kind: 'script', script: 'fill-storage', with: { share: 0.98, zone: 'incubator' }, service: 'storage', for: '36m' }],
  criteria: [
    { kind: 'alert-fires', alert: 'StorageCapacityCritical', receiver: 'laboratory' },
    { kind: 'alert-inhibited', alert: 'StorageCapacityLow' },
  ],
} satisfies Drill
