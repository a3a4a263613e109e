// The edges file against what traces show: agreement, each way to disagree, and no traces at all.
import { expect, test } from 'vitest'
import type { EvidenceOf } from '../model/evidence.ts'
import { edgesMatch } from './edges-match.ts'
import { aRecord, at } from './testing/records.ts'

const both = ['web->db', 'web->stock']
type Seen = Partial<EvidenceOf<'traced-edges'>['value']>

function judged(changes: Seen = {}, blind: { readonly missing?: string } = {}) {
  const value = { window: { from: at(0), to: at(60) }, expected: both, seen: both, strangers: [], silent: [], ...changes }
  return edgesMatch.judge({ kind: 'edges-match' }, aRecord({ evidence: [{ probe: 'traced-edges', covered: blind.missing === undefined, value, ...blind }] }))
}

test.each<[Seen, object]>([
  [{}, { verdict: 'pass', because: '2 edges seen in traces, and no other' }],
  [{ seen: ['web->db'] }, { verdict: 'fail', because: 'no trace shows web->stock' }],
  [{ strangers: ['stock->db'] }, { verdict: 'fail', because: 'traces show stock->db, which the stack does not list' }],
  [{ seen: [], silent: ['web'] }, { verdict: 'fail', because: 'web exported no span; no trace shows web->db, web->stock' }],
  [{ expected: [], seen: [] }, { verdict: 'inconclusive', because: 'no service of this stack has an edge to the tracing back-end' }],
])('%o', (changes, outcome) => {
  expect(judged(changes)).toMatchObject(outcome)
})

test('an edge that no trace can show is passed over with its reason, which the verdict repeats', () => {
  const value = { window: { from: at(0), to: at(60) }, expected: both, seen: ['web->db'], strangers: [], silent: [] }
  const outcome = edgesMatch.judge({ kind: 'edges-match', except: { 'web->stock': 'asked for its health only' } }, aRecord({ evidence: [{ probe: 'traced-edges', covered: true, value }] }))
  expect(outcome).toMatchObject({ verdict: 'pass', because: '1 edge seen in traces, and no other; not asked of web->stock: asked for its health only' })
})

test('without traces nothing is said', () => {
  expect(judged({}, { missing: 'Jaeger did not answer' })).toMatchObject({ verdict: 'inconclusive', because: expect.stringContaining('Jaeger did not answer') })
  expect(edgesMatch.judge({ kind: 'edges-match' }, aRecord())).toMatchObject({ verdict: 'inconclusive' })
})
