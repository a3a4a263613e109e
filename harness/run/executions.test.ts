// Which drill executions an order means, and which of them run side by side.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readStack } from '../stack/compose-file.ts'
import type { Drill } from '../model/drill.ts'
import { batchesOf, besides, executionsOf } from './executions.ts'
import { loaded, ROOT } from './testing/live-runs.ts'

const load = { scenario: 's', rate: '1/s', floor: '1/s' } as const
const drills = ['a', 'b'].map((name) => loaded(name, { title: 'Is it really so?', load }))

test('repeats come in rounds, so that no drill follows itself', () => {
  expect(executionsOf({ drills, repeat: 1 }).map(({ id }) => id)).toEqual(['a', 'b'])
  expect(executionsOf({ drills, repeat: 2 }).map(({ id }) => id)).toEqual(['a', 'b', 'a#2', 'b#2'])
})

test('a seed gives each round an order of its own, and the same seed the same orders', () => {
  const many = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => loaded(name, { title: 'Is it really so?', load }))
  const orderOf = (seed: string) => executionsOf({ drills: many, repeat: 2, seed }).map(({ id }) => id)
  expect(orderOf('x')).toEqual(orderOf('x'))
  expect(orderOf('x')).not.toEqual(orderOf('y'))
  expect(orderOf('x').slice(6).map((id) => id[0])).not.toEqual(orderOf('x').slice(0, 6))
  expect(orderOf('x').toSorted()).toEqual(['a', 'a#2', 'b', 'b#2', 'c', 'c#2', 'd', 'd#2', 'e', 'e#2', 'f', 'f#2'])
})

const { stack } = readStack(join(ROOT, 'compose/compose.yaml'))
if (stack === undefined) throw new Error('the compose file has problems')

const one = (name: string, alert: string, faults: Drill['faults'], together = true) =>
  loaded(name, { title: 'Is it really so?', load, faults, together, criteria: [{ kind: 'alert-fires', alert }], allow: [{ alert: `${alert}Too` }] })
const cut = (edge: string) => [{ kind: 'outage', edge, for: '1m' } as const]
const crash = [{ kind: 'crash', service: 'sample', for: '1m' } as const]
const batched = (list: readonly ReturnType<typeof one>[], most = 3) => batchesOf(executionsOf({ drills: list, repeat: 1 }), stack, most).map((batch) => batch.map(({ id }) => id))

test('drills that allow it run side by side, unless they name the same target or the same alert', () => {
  expect(batched([one('a', 'A', crash), one('b', 'B', cut('rag->postgres')), one('c', 'C', cut('auth->postgres')), one('d', 'A', cut('sample->event')), one('e', 'E', [{ kind: 'freeze', service: 'auth', for: '1m' }])])).toEqual([['a', 'b', 'e'], ['c', 'd']])
  expect(batched([one('a', 'A', crash), one('b', 'B', cut('rag->postgres'), false), one('c', 'C', cut('rag->postgres'))])).toEqual([['a', 'c'], ['b']])
  expect(batched([one('a', 'A', crash), one('b', 'B', cut('rag->postgres'))], 1)).toEqual([['a'], ['b']])
})

test('a drill has to put up with what those beside it expect and allow', () => {
  const [batch = []] = batchesOf(executionsOf({ drills: [one('a', 'A', crash), one('b', 'B', cut('rag->postgres'))], repeat: 1 }), stack, 3)
  const [first] = batch
  if (first === undefined) throw new Error('no batch')
  expect(besides(first, batch)).toEqual([{ alert: 'B' }, { alert: 'BToo' }])
})
