// What is right: the drill that must pass, so that the failures around it mean something.
import type { Drill } from '../../../model/drill.ts'

export default {
  title: 'If Prometheus cannot scrape sample, are we told?',
  load: { scenario: 'sample-processing', rate: '20/s', floor: '10/s' },
  baseline: '2m',
  faults: [{ kind: 'outage', edge: 'prometheus->sample', for: '8m' }],
  criteria: [
    { kind: 'alert-fires', alert: 'SampleDown', labels: { service: 'sample' }, receiver: 'platform' },
    { kind: 'nothing-lost', scenario: 'sample-processing' },
    { kind: 'recovers', within: '5m' },
  ],
  allow: [{ alert: 'SecondAlert' }],
} satisfies Drill
