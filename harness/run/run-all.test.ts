// Which drill executions an order means.
import { expect, test } from 'vitest'
import { executionsOf } from './run-all.ts'
import { loaded } from './testing/live-runs.ts'

const load = { scenario: 's', rate: '1/s', floor: '1/s' } as const
const drills = ['a', 'b'].map((name) => loaded(name, { title: 'Is it really so?', load }))

test('repeats come in rounds, so that no drill follows itself', () => {
  expect(executionsOf({ drills, repeat: 1 }).map(({ id }) => id)).toEqual(['a', 'b'])
  expect(executionsOf({ drills, repeat: 2 }).map(({ id }) => id)).toEqual(['a', 'b', 'a#2', 'b#2'])
})
