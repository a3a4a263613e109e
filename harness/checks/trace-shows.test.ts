// What traces prove, what their absence proves, and what a broken propagation looks like.
import { describe, expect, test } from 'vitest'
import type { CriterionOf } from '../model/criterion.ts'
import { traceShows } from './trace-shows.ts'
import { blind, span, trace, traces } from './testing/evidence.ts'
import { aRecord } from './testing/records.ts'
import type { Told } from './testing/records.ts'

type Wanted = CriterionOf<'trace-shows'>
const judge = (evidence: readonly Told[], wanted: Partial<Wanted> = {}) =>
  traceShows.judge({ kind: 'trace-shows', edge: 'sample->postgres', ...wanted }, aRecord({ evidence }))

const gateway = [
  span('api-gateway', 'server'),
  span('api-gateway', 'client', { parent: 'api-gateway-server', peer: 'sample' }),
]
const query = (ms: number, changes = {}) =>
  span('sample', 'client', { peer: 'postgresql', name: 'INSERT samples', ms, ...changes })
const whole = (id: string, ms = 1_600) =>
  trace(id, [...gateway, span('sample', 'server', { parent: 'api-gateway-client' }), query(ms)])
const broken = (id: string) => trace(id, gateway)

describe('passes', () => {
  test('when enough spans on the edge are long enough', () => {
    expect(
      judge([traces([whole('a'), whole('b', 1_700), whole('c', 10)])], { minDuration: '1500ms', atLeast: 2 }),
    ).toMatchObject({
      verdict: 'pass',
      because: 'found 2 spans in 3 complete traces, such as INSERT samples of 1.7 s',
    })
  })

  test('by the child the callee added, whatever the caller calls it', () => {
    const unnamed = trace('a', [
      span('api-gateway', 'client', { peer: '127.0.0.1' }),
      span('sample', 'server', { parent: 'api-gateway-client' }),
    ])
    expect(judge([traces([unnamed])], { edge: 'api-gateway->sample' }).verdict).toBe('pass')
  })

  test('by a failed call that the callee may never have seen', () => {
    const refused = trace('a', [span('api-gateway', 'client', { peer: 'sample', error: true })])
    expect(judge([traces([refused])], { edge: 'api-gateway->sample', status: 'error' }).verdict).toBe('pass')
  })

  test('when enough is found although other traces are missing', () => {
    expect(judge([traces([whole('a'), trace('b', [], { complete: false })], ['c'])]).verdict).toBe('pass')
  })

  test('in the phase that is asked for, and only there', () => {
    const before = trace('a', [query(5)], { phase: 'baseline' })
    expect(judge([traces([before, broken('b')])], { during: 'baseline' }).verdict).toBe('pass')
    expect(judge([traces([before, broken('b')])]).verdict).toBe('fail')
  })
})

describe('fails and says what was there instead', () => {
  test.each<[string, ReturnType<typeof judge>, string]>([
    [
      'too quick',
      judge([traces([whole('a', 12), whole('b', 40)])], { minDuration: '1500ms' }),
      'found 0 spans in 2 complete traces; 2 spans on sample->postgres: the longest took 40 ms, wanted at least 1500ms',
    ],
    ['too few', judge([traces([whole('a')])], { atLeast: 5 }), 'found 1 span in 1 complete trace; at least 5 wanted'],
    [
      'no error',
      judge([traces([whole('a')])], { status: 'error' }),
      'found 0 spans in 1 complete trace; 1 span on sample->postgres: 0 with an error, 1 without',
    ],
    [
      'another name',
      judge([traces([whole('a')])], { operation: 'SELECT' }),
      'found 0 spans in 1 complete trace; 1 span on sample->postgres: named INSERT samples',
    ],
    [
      'broken above the edge',
      judge([traces([broken('a'), broken('b')])]),
      'found 0 spans in 2 complete traces; they hold 4 spans of api-gateway and none of sample: the trace context does not reach it, or it exports nothing; calls seen: api-gateway->sample x2',
    ],
    [
      'broken on the edge',
      judge([traces([broken('a'), broken('b')])], { edge: 'api-gateway->sample' }),
      'found 0 spans in 2 complete traces; they hold 4 spans of api-gateway and none of sample: 2 calls of api-gateway to sample went well, yet sample took up no trace: propagation is broken; calls seen: api-gateway->sample x2',
    ],
    [
      'never called',
      judge([traces([whole('a')])], { edge: 'sample->auth' }),
      'found 0 spans in 1 complete trace; they hold 2 spans of api-gateway, 2 spans of sample and none of auth: sample made no call to auth; calls seen: api-gateway->sample x1, sample->postgres x1',
    ],
  ])('%s', (_, outcome, because) => {
    expect(outcome).toMatchObject({ verdict: 'fail', because })
  })
})

describe('is inconclusive', () => {
  test.each<[string, ReturnType<typeof judge>, string]>([
    ['nothing recorded', judge([]), 'no traces were recorded'],
    ['nothing asked', judge([traces([])]), 'no trace was asked for'],
    [
      'another phase only',
      judge([traces([trace('a', [], { phase: 'recovery' })])]),
      'none of the traces asked for began in this phase',
    ],
    [
      'incomplete traces',
      judge([traces([broken('a'), trace('b', [], { complete: false })])]),
      '1 trace of this phase never became complete',
    ],
    ['lost traces', judge([traces([broken('a')], ['b'])]), '1 trace of 2 could not be found'],
    ['blind', judge([blind(traces([broken('a')]))]), 'traces were not fully seen: Prometheus did not answer'],
  ])('%s', (_, outcome, because) => {
    expect(outcome).toMatchObject({ verdict: 'inconclusive', because: expect.stringContaining(because) })
  })
})
