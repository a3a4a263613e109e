// One drill for each edge and kind of hurt, and each of them a drill that could have been written by hand.
import { expect, test } from 'vitest'
import { join } from 'node:path'
import { drillSchema } from '../model/drill.ts'
import type { Invariants } from '../model/invariant.ts'
import { readStack } from '../stack/compose-file.ts'
import { drillsOfEachEdge } from './each-edge.ts'
import { readContent } from './read-content.ts'

const { content } = await readContent(readStack(join(import.meta.dirname, '../../compose/compose.yaml')))
if (!content) throw new Error('the content has problems')
const { stack, observed } = content

test('three drills for each edge, each valid and with a name of its own', () => {
  const drills = drillsOfEachEdge(stack, observed) ?? []
  expect(drills).toHaveLength(3 * stack.edges.length)
  expect(new Set(drills.map(({ name }) => name)).size).toBe(drills.length)
  for (const { name: _name, file: _file, ...drill } of drills) expect(drillSchema.parse(drill)).toEqual(drill)
  expect(drills.map(({ faults }) => faults[0]?.kind).slice(0, 3)).toEqual(['outage', 'latency', 'reset_peer'])
  expect(drills[0]?.allow.length).toBe(new Set(observed.rules.map(({ alert }) => alert)).size)
})

test('data must be whole where the stack says what that means', () => {
  const kindsWith = (invariants: Invariants) => {
    const [drill] = drillsOfEachEdge({ ...stack, harness: { ...stack.harness, invariants } }, observed) ?? []
    return drill?.criteria.map(({ kind }) => kind)
  }
  const one = { service: 'postgres', url: '', query: 'select 1 as key' }
  expect(kindsWith({ one })).toEqual(['nothing-lost', 'invariants-hold', 'recovers'])
  expect(kindsWith({ one: { ...one, scenarios: ['another'] } })).toEqual(['nothing-lost', 'recovers'])
})

test('a stack without everyday load has none', () => {
  expect(drillsOfEachEdge({ ...stack, harness: { ...stack.harness, everyday: undefined } }, observed)).toBeUndefined()
})
