// Variables of Grafana in a query: every way to write one, one value and several, formats, and what nobody knows.
import { expect, test } from 'vitest'
import { builtIn } from './choices.ts'
import { substitute } from './substitute.ts'

const one = { values: ['sample'], several: false }
const two = { values: ['auth', 'a.b'], several: true }

test.each([
  ['up{service="$service"}', 'up{service="sample"}'],
  ['up{service="${service}"} or up{service="[[service]]"}', 'up{service="sample"} or up{service="sample"}'],
  ['up{service=~"$many"}', 'up{service=~"(auth|a\\\\.b)"}'],
  ['up{service=~"${many:regex}"}', 'up{service=~"(auth|a\\.b)"}'],
  ['up{service=~"${many:pipe}"}', 'up{service=~"auth|a.b"}'],
  ['up{service=~"$all"}', 'up{service=~".*"}'],
  ['rate(x[$__rate_interval]) / $__range_s', 'rate(x[1m]) / 3600'],
  ['up{service="$nobody"} + ${service:strange}', 'up{service="$nobody"} + ${service:strange}'],
  ['label_replace(up, "a", "$1", "b", "(.+)")', 'label_replace(up, "a", "$1", "b", "(.+)")'],
])('%s', (query, filled) => {
  const choices = { ...builtIn(3_600_000, 15_000), service: one, many: two, all: { values: ['.*'], several: true, literal: true } }
  expect(substitute(query, choices)).toBe(filled)
})

test('one value of several stands alone, and quotes in a value do not end the text', () => {
  expect(substitute('up{a=~"$a"}', { a: { values: ['x'], several: true } })).toBe('up{a=~"x"}')
  expect(substitute('up{a="$a"}', { a: { values: ['say "x"'], several: false } })).toBe('up{a="say \\"x\\""}')
})
