// A stack may name a folder of phases, which then has to be there.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { formatProblem } from '../model/problem.ts'
import { readStack } from './compose-file.ts'

const COMPOSE = join(import.meta.dirname, '../../compose/compose.yaml')
const directory = mkdtempSync(join(tmpdir(), 'phases-'))
afterAll(() => rmSync(directory, { recursive: true }))

function overlay(text: string): string {
  const file = join(directory, 'overlay.yaml')
  writeFileSync(file, text)
  return file
}

test('its path counts from the first compose file', () => {
  expect(readStack(COMPOSE).stack?.harness.phases).toBe(join(import.meta.dirname, '../../reports/phases'))
})

test('a folder that is not there is a mistake on its line', () => {
  const { problems } = readStack([COMPOSE, overlay('# another\nx-harness: { phases: ../reports/fases }\n')])
  expect(problems.map(formatProblem)).toEqual([expect.stringMatching(/overlay\.yaml:2: \.\.\/reports\/fases does not exist/)])
})
