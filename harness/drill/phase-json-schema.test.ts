// The committed JSON Schema is the one the zod schema gives, and it judges phases as the harness does.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { phaseJsonSchema, phaseJsonSchemaText } from './phase-json-schema.ts'
import { readPhases } from './read-phases.ts'

const PHASES = join(import.meta.dirname, '../../reports/phases')

test('reports/phases/phase.schema.json is up to date (harness/drill/phase-json-schema.ts gives its text)', () => {
  expect(readFileSync(join(PHASES, 'phase.schema.json'), 'utf8')).toBe(phaseJsonSchemaText())
})

test('an editor accepts the phases that the harness accepts, and refuses a misspelt one', async () => {
  const check = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(phaseJsonSchema())
  const { phases } = await readPhases(PHASES)
  expect(phases.length).toBeGreaterThan(0)
  for (const { file: _, ...phase } of phases) {
    check(phase)
    expect(check.errors).toBeNull()
  }
  const [{ file: _, ...phase } = {}] = phases as readonly Record<string, unknown>[]
  expect(check({ ...phase, criteria: [] })).toBe(false)
  expect(check({ ...phase, titel: 'Is it ready?' })).toBe(false)
  expect(check({ ...phase, criteria: [{ id: 'Not Kebab' }] })).toBe(false)
})
