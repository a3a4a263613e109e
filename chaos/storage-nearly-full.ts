// A room that fills up slowly: time enough to order another freezer.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If nine of ten places of a temperature zone are taken, is the laboratory warned, and not yet alarmed?',
  tags: ['alerts', 'laboratory'],
  together: true,
  load: { scenario: 'sample-processing', rate: '5/s', floor: '3/s' },
  baseline: '4m',
  faults: [{ kind: 'script', script: 'fill-storage', with: { share: 0.9, zone: 'incubator' }, service: 'storage', for: '38m' }],
  criteria: [{ kind: 'alert-fires', alert: 'StorageCapacityLow', receiver: 'laboratory' }],
} satisfies Drill
