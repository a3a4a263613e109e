// A disk fills up, and nobody is hurt yet.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If a file system of the machine is nearly full, does its owner learn it?',
  tags: ['alerts', 'containers', 'infrastructure'],
  load: { scenario: 'sample-processing', rate: '5/s', floor: '3/s' },
  baseline: '4m',
  faults: [{ kind: 'disk_full', service: 'node-exporter', path: '/scratch', for: '16m' }],
  criteria: [{ kind: 'alert-fires', alert: 'DiskSpaceWarning', labels: { fstype: 'tmpfs' }, receiver: 'infrastructure' }],
} satisfies Drill
