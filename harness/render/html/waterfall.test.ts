// The example of a trace is the one that shows most of what was asked for.
import { expect, test } from 'vitest'
import { span, trace, traces } from '../../checks/testing/evidence.ts'
import { aRecord } from '../../checks/testing/records.ts'
import type { CriterionOf } from '../../model/criterion.ts'
import type { Finding } from '../../model/finding.ts'
import { textOf } from './markup.ts'
import { elementsOf, named, readPage, textIn } from './testing/read-page.ts'
import { exampleOf, waterfalls } from './waterfall.ts'

const wanted: CriterionOf<'trace-shows'> = { kind: 'trace-shows', edge: 'sample->postgres', minDuration: '100ms' }
const server = span('sample', 'server', { ms: 300 })
const query = (ms: number, error = false) => span('sample', 'client', { parent: server.id, peer: 'postgresql', ms, error, name: 'SELECT <1>' })
const found = (all: Parameters<typeof traces>[0]) => aRecord({ evidence: [traces(all)] })

test('the longest span that is asked for decides, else the longest on the edge, else any trace of the phase', () => {
  const [short, long, other] = [trace('short', [server, query(20)]), trace('long', [server, query(250)]), trace('other', [server])]
  expect(exampleOf(wanted, found([short, other, long]))).toMatchObject({ trace: { id: 'long' }, matches: true })
  expect(exampleOf(wanted, found([other, short]))).toMatchObject({ trace: { id: 'short' }, matches: false })
  expect(exampleOf(wanted, found([other]))?.meant.size).toBe(0)
})

test('traces that are not complete, or of another phase, are no example', () => {
  expect(exampleOf(wanted, found([trace('a', [server, query(250)], { complete: false }), trace('b', [server, query(250)], { phase: 'recovery' })]))).toBeUndefined()
  expect(exampleOf(wanted, aRecord())).toBeUndefined()
})

function shown(all: Parameters<typeof traces>[0]) {
  const finding: Finding = { criterion: wanted, sentence: 'traces show it', verdict: 'pass', because: '', times: [], lines: [] }
  return readPage(textOf(waterfalls(found(all), { findings: [finding] })))
}

test('a caller stands above what it calls; what is asked for and what failed say so in words', () => {
  const rows = named(shown([trace('t', [query(250, true), server])]), 'tr').slice(1).map(textIn)
  expect(rows).toEqual(['sample: server of sample server +0 ms 300 ms', 'sample: SELECT <1> asked for ✕ error client +0 ms 250 ms'])
})

test('spans that are each other\'s parents, and very many of them, do no harm', () => {
  const loop = [span('a', 'server', { id: '1', parent: '2' }), span('b', 'server', { id: '2', parent: '1' })]
  expect(named(shown([trace('loop', [...loop, server])]), 'tr')).toHaveLength(2)
  const many = Array.from({ length: 500 }, (_, index) => span('sample', 'internal', { id: `${index}`, parent: server.id }))
  const page = shown([trace('many', [server, ...many, query(250)])])
  expect(named(page, 'tr').length).toBeLessThan(60)
  expect(textIn(page)).toContain('asked for')
  expect(elementsOf(page).at(-1) && textIn(page)).toMatch(/\d+ more spans in the trace\.$/)
})

test('without a trace it says so', () => {
  expect(textIn(shown([]))).toBe('✓ pass An example: traces show it No trace of this phase was recorded.')
})
