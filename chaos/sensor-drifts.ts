// A freezer warms up, degree by degree.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If a freezer warms up, is the laboratory told in time to move its samples?',
  tags: ['alerts', 'laboratory'],
  together: true,
  load: { scenario: 'sample-processing', rate: '5/s', floor: '3/s' },
  baseline: '4m',
  faults: [{ kind: 'script', script: 'drift-sensor', with: { zone: 'ultra_low_freezer' }, service: 'storage', for: '24m' }],
  criteria: [{ kind: 'alert-fires', alert: 'TemperatureDeviation', receiver: 'laboratory' }],
} satisfies Drill
