// The invariants of a stack: read as they are written, and refused when they would never be looked at.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { formatProblem } from '../model/problem.ts'
import { readStack } from './compose-file.ts'

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'invariants-'))
  for (const name of ['scenarios', 'chaos', 'rules']) mkdirSync(join(directory, name))
  write('rules/alertmanager.yml', 'route: {}')
  write('scenarios/buy.ts', '')
  write('scenarios/return.test.ts', '')
  write('edges.json', '[{"name": "client->all", "listen": "0.0.0.0:20000", "upstream": "all:1", "enabled": true}]')
})
afterAll(() => rmSync(directory, { recursive: true }))

function write(name: string, text: string): string {
  writeFileSync(join(directory, name), text)
  return join(directory, name)
}

const COMPOSE = `x-harness:
  edges: edges.json
  scenarios: scenarios
  drills: chaos
  rules: rules
  alertmanager: rules/alertmanager.yml
  entry: client->all
  observers: { prometheus: 'all:1', alertmanager: 'all:1', jaeger: 'all:1', toxiproxy: 'all:1' }
  sink: sink:9900
  stores: {}
  invariants:
    paid:
      service: all
      url: postgres://\${DB_HOST:-db}:5432/shop
      query: select id as key, $$$$not $$ paid$$$$ as why from orders where not paid
      counts: select count(*) as n from orders where note <> $$$$$$$$
      settle: 30s
      scenarios: [buy]
services:
  all: { image: all, expose: [1], x-harness: { command: [all] } }
`

function problemsOf(...[from, to]: readonly [string, string]): readonly string[] {
  const { problems } = readStack(write('compose.yaml', COMPOSE.replace(from, to)))
  return problems.map((problem) => formatProblem(problem).replace(`${directory}/`, ''))
}

test('they are read with the dollar signs that are meant', () => {
  const { stack, problems } = readStack(write('compose.yaml', COMPOSE))
  expect(problems).toEqual([])
  expect(stack?.harness.invariants).toEqual({
    paid: {
      service: 'all',
      url: 'postgres://${DB_HOST:-db}:5432/shop',
      query: 'select id as key, $$not $ paid$$ as why from orders where not paid',
      counts: 'select count(*) as n from orders where note <> $$$$',
      settle: '30s',
      scenarios: ['buy'],
    },
  })
})

test('an overlay that says nothing of them leaves them as they are', () => {
  const overlay = write('overlay.yaml', 'x-harness: { sink: other:9901 }\n')
  const { stack } = readStack([write('compose.yaml', COMPOSE), overlay])
  expect([stack?.harness.sink, Object.keys(stack?.harness.invariants ?? {})]).toEqual(['other:9901', ['paid']])
})

test.each([
  ['service: all', 'service: al', 'compose.yaml:13: the invariant paid is in al, which is no service. Fix: did you mean all?'],
  ['[buy]', '[buy, buu]', 'compose.yaml:18: the invariant paid is for buu, which is no scenario. Fix: did you mean buy?'],
  ['[buy]', '[return]', 'compose.yaml:18: the invariant paid is for return, which is no scenario. Fix: use one of: buy'],
  ['settle: 30s', 'settle: 30', 'compose.yaml:17: '],
  ['query: select', 'qery: select', 'compose.yaml:15: '],
])('%s written as %s', (from, to, problem) => {
  expect(problemsOf(from, to)).toEqual(expect.arrayContaining([expect.stringContaining(problem)]))
})
