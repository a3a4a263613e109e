// The sentences of a first run.
import { expect, it } from 'vitest'
import { describeProgress, plainProgress, type ToolProgress } from './progress.ts'

const step: ToolProgress = {
  tool: 'prometheus',
  version: '3.15.0',
  state: 'building',
  elapsed: 31_200,
  usualSeconds: 105,
  index: 2,
  total: 6,
  remainingSeconds: 300,
}

it('says what, how far and how long it usually takes', () => {
  expect(describeProgress(step)).toBe('building prometheus 3.15.0 (2 of 6), 31 s of usually 105 s')
  expect(describeProgress({ ...step, state: 'ready' })).toBe('ready: prometheus 3.15.0 (2 of 6), took 31 s')
})

it('writes a line for a change and for every 15 s, and none for what was found', () => {
  const lines: string[] = []
  const show = plainProgress((line) => lines.push(line))
  show({ ...step, state: 'found' })
  for (let elapsed = 0; elapsed <= 31_000; elapsed += 1_000) show({ ...step, elapsed })
  show({ ...step, state: 'ready' })
  expect(lines.map((line) => line.split(' ')[0])).toEqual(['building', 'building', 'building', 'ready:'])
})
