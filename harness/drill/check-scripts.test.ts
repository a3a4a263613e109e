// The programs of disturbances that a drill names: they must be there, and two of them may hold at once on one service.
import { expect, test } from 'vitest'
import { drillSchema } from '../model/drill.ts'
import { locate } from '../model/located.ts'
import { brokenReferences } from './check-references.ts'
import { MINI_STACK, miniObserved } from './testing/mini-stack.ts'

const AROUND = { stack: MINI_STACK, observed: miniObserved(), scenarios: ['buy'], disturbances: ['hold-connections', 'flood'] }

/** The first program stands in line 4. */
function problemsOf(...scripts: readonly string[]): readonly string[] {
  const faults = scripts.map((script) => `  - { kind: script, script: ${script}, service: db, with: { share: 0.9 }, for: 5m }\n`)
  const text = `title: Is it told in time?\nload: { scenario: buy, rate: 20/s, floor: 10/s }\nfaults:\n${faults.join('')}`
  const located = locate('chaos/x.yaml', text)
  const drill = { ...drillSchema.parse(located.value), name: 'x', file: located.file }
  return brokenReferences([{ drill, located }], AROUND).map(({ line, what, fix }) => `${line}: ${what}. ${fix}`)
}

test('one that is there', () => {
  expect(problemsOf('hold-connections')).toEqual([])
  expect(problemsOf('hold-connections', 'flood')).toEqual([])
})

test('one that is not', () => {
  expect(problemsOf('hold-conections')).toEqual([expect.stringMatching(/^4: there is no .*disturbances\/hold-conections.ts. did you mean hold-connections\?$/)])
})

test('one that runs already', () => {
  expect(problemsOf('flood', 'flood')).toEqual([expect.stringContaining('5: flood on db begins while flood on db still holds on the same target')])
})
