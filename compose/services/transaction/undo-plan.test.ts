// Only what ran is undone, newest first; a step that may have run is among it.
import { expect, it } from 'vitest'
import { planUndo, type Reached } from './undo-plan.ts'
import type { Step } from './workflow.ts'

function step(name: string, undone = true): Step {
  const undo = { name: `undo ${name}`, timeout: 1, run: async () => 'completed' as const }
  return { name, timeout: 1, run: async () => ({}), undo: undone ? undo : undefined }
}

const STEPS = [step('a'), step('b'), step('c', false), step('d')]

it.each<[string, Reached, readonly string[]]>([
  ['nothing ran', { done: 0, effect: 'none' }, []],
  ['the first may have run', { done: 0, effect: 'unknown' }, ['undo a?']],
  ['two ran', { done: 2, effect: 'none' }, ['undo b', 'undo a']],
  ['two ran, and a third that leaves nothing behind may have', { done: 2, effect: 'unknown' }, ['undo b', 'undo a']],
  ['three ran, and the last may have', { done: 3, effect: 'unknown' }, ['undo d?', 'undo b', 'undo a']],
  ['all ran', { done: 4, effect: 'none' }, ['undo d', 'undo b', 'undo a']],
])('%s', (_what, reached, expected) => {
  expect(planUndo(STEPS, reached).map(({ name, certain }) => name + (certain ? '' : '?'))).toEqual(expected)
})
