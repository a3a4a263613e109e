// A phase for the live tests of a gate: one criterion that holds, one that nobody keeps, one that informs, one for a longer profile.
import type { Phase } from '../../../model/phase.ts'

const told = { claim: 'The core of the laboratory works.', source: 'a test', question: 'Does it work, as far as tests need it?', weight: 'blocking' as const }

export default {
  name: 'shop',
  title: 'Does the core of the laboratory work, as far as tests need it?',
  criteria: [
    { id: 'runs', ...told, check: { kind: 'deployed', services: ['auth', 'sample'] } },
    { id: 'starts', ...told, check: { kind: 'start-time', within: '5m' } },
    { id: 'is-healthy', ...told, check: { kind: 'endpoint', services: ['auth'], path: '/health', when: ['idle', 'without'], without: 'sample' } },
    { id: 'is-counted', ...told, check: { kind: 'series', query: 'up' } },
    { id: 'has-a-kitchen', ...told, weight: 'advisory', check: { kind: 'deployed', services: ['kitchen'] } },
    { id: 'comes-back', ...told, profile: 'nightly', check: { kind: 'recovery', services: ['sample'], within: '1m' } },
  ],
} satisfies Phase
