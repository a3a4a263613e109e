// The map of dependencies that faults and alerts are built on has to be the territory.
import type { Drill } from '../harness/model/drill.ts'

export default {
  title: 'Do traces of a day of the laboratory show every dependency that the edges file lists, and no other?',
  tags: ['journey', 'edges'],
  load: { scenario: 'gateway-mix', rate: '40/s', floor: '20/s' },
  baseline: '4m',
  // so long that even the rounds through all services are gone a few times
  hold: '8m',
  criteria: [
    { kind: 'edges-match', except: { 'lab-manager->postgres': 'asked for its own health only, which leaves no span' } },
    { kind: 'nothing-lost', scenario: 'gateway-mix' },
  ],
} satisfies Drill
