// Every target up, one that is not, and nobody who could say.
import { expect, test } from 'vitest'
import type { EvidenceOf } from '../model/evidence.ts'
import { targetsUp } from './targets-up.ts'
import { aRecord } from './testing/records.ts'

const up = { job: 'web', service: 'web', health: 'up', lastError: '' }
const down = { job: 'stock', service: 'stock', health: 'down', lastError: 'server returned HTTP status 404 Not Found' }

function judged(...looks: readonly (EvidenceOf<'targets'>['value'] | string)[]) {
  const evidence = looks.map((look) => {
    return typeof look === 'string' ? ({ probe: 'targets', covered: false, value: [], missing: look } as const) : ({ probe: 'targets', covered: true, value: look } as const)
  })
  return targetsUp.judge({ kind: 'targets-up' }, aRecord({ evidence }))
}

test('all up', () => {
  expect(judged([up, up])).toMatchObject({ verdict: 'pass', because: '2 targets up' })
})

test('one that cannot be scraped, whatever a later look saw', () => {
  const because = '1 of 2 targets cannot be scraped: stock is down (server returned HTTP status 404 Not Found)'
  expect(judged([up, down], [up, up])).toMatchObject({ verdict: 'fail', because })
})

test('without a look, without an answer, and without targets nothing is said', () => {
  for (const outcome of [judged(), judged('Prometheus did not answer'), judged([])]) expect(outcome.verdict).toBe('inconclusive')
})
