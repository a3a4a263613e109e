// Which parts of an expression must each have a result, in the order in which a reader would look.
import { expect, test } from 'vitest'
import { linksOf } from './promql-links.ts'

const said = (expr: string, records?: Parameters<typeof linksOf>[1]) => linksOf(expr, records).map(({ kind, query }) => `${kind} ${query}`)

test('a comparison stands on its selector', () => {
  expect(said('rate(errors_total{service="a"}[5m]) > 0.1')).toEqual(['selector errors_total{service="a"}', 'comparison rate(errors_total{service="a"}[5m]) > 0.1'])
})

test('a join stands on both of its sides', () => {
  expect(said('used / on (zone) total > 0.8 and on (zone) up')).toEqual([
    'selector used',
    'selector total',
    'join used / on (zone) total',
    'comparison used / on (zone) total > 0.8',
    'selector up',
    'join used / on (zone) total > 0.8 and on (zone) up',
  ])
})

test('what may be empty is not followed', () => {
  expect(said('a > 1 unless b')).toEqual(['selector a', 'comparison a > 1', 'whole a > 1 unless b'])
  expect(said('(a or b * 0) > 1')).toEqual(['selector a', 'comparison (a or b * 0) > 1'])
  expect(said('absent(up{job="x"})')).toEqual(['whole absent(up{job="x"})'])
})

test('a recorded series is followed to what it is made of', () => {
  const records = [{ record: 'service:ratio', expr: 'sum(errors) / sum(requests)' }]
  expect(said('service:ratio > 0.05', records)).toEqual(['selector errors', 'selector requests', 'join sum(errors) / sum(requests)', 'selector service:ratio', 'comparison service:ratio > 0.05'])
  expect(linksOf('service:ratio > 0.05', records)[3]).toEqual({ kind: 'selector', query: 'service:ratio', metric: 'service:ratio', labels: {}, recorded: true })
  expect(said('self + 1 > 2', [{ record: 'self', expr: 'self' }])).toEqual(['selector self', 'comparison self + 1 > 2'])
})

test('a selector says which labels it asks to be equal', () => {
  expect(linksOf('up{job="a",service=~"b|c",zone!="d"} == 0')[0]).toMatchObject({ metric: 'up', labels: { job: 'a' } })
})
