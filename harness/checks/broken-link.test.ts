// The first link without a result is named, with what there is instead.
import { expect, test } from 'vitest'
import type { LinkFact } from '../model/evidence.ts'
import { brokenLink } from './broken-link.ts'
import { aRecord } from './testing/records.ts'

const whole = { from: 0, to: 1 }
const found = (links: readonly LinkFact[], covered = true) =>
  brokenLink('Slow', aRecord({ evidence: [{ probe: 'rule-links', covered, value: { alert: 'Slow', window: whole, links } }] }))
const selector: LinkFact = { kind: 'selector', query: 'errors_total{service="a"}', metric: 'errors_total', labels: { service: 'a' }, present: false }
const join: LinkFact = { kind: 'join', query: 'a / on (zone) b', present: false }

test.each<[string, string | undefined, string | undefined]>([
  ['a metric that does not exist', found([selector, join]), 'there is no metric errors_total'],
  [
    'labels that no series has',
    found([{ ...selector, known: [{ service: 'b' }, {}] }]),
    'no series matches `errors_total{service="a"}`; the nearest is errors_total{service=b}',
  ],
  [
    'a record that was not made',
    found([{ ...selector, query: 'a:rate5m', metric: 'a:rate5m', recorded: true }]),
    'no rule recorded `a:rate5m`, though all it is made of had results',
  ],
  ['a join without a match', found([{ ...selector, present: true }, join]), 'both sides of `a / on (zone) b` had results, but none of them match each other'],
  [
    'a second condition',
    found([{ kind: 'comparison', query: 'rate(b[5m]) > 2', present: false, condition: '> 2', lowest: 0, highest: 1.5 }]),
    '`rate(b[5m]) > 2` never held: highest value seen 1.5, needs > 2',
  ],
  [
    'a falling condition',
    found([{ kind: 'comparison', query: 'b < 0.2', present: false, condition: '< 0.2', lowest: 0.4, highest: 1 }]),
    '`b < 0.2` never held: lowest value seen 0.4, needs < 0.2',
  ],
  ['all present', found([{ ...selector, present: true }]), undefined],
  ['not fully seen', found([selector], false), undefined],
  ['another rule', brokenLink('Fast', aRecord({ evidence: [] })), undefined],
])('%s', (_, said, wanted) => {
  expect(said).toBe(wanted)
})
