// All CPU time of the machine is used by somebody else, who gives way to the services.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'If something uses up all CPU time of the machine, does its owner learn it?',
  tags: ['alerts', 'infrastructure'],
  load: { scenario: 'sample-processing', rate: '4/s', floor: '2/s' },
  baseline: '4m',
  faults: [{ kind: 'script', script: 'starve-cpu', service: 'node-exporter', for: '22m' }],
  criteria: [{ kind: 'alert-fires', alert: 'HighNodeCPUUsage', receiver: 'infrastructure' }],
} satisfies Drill
