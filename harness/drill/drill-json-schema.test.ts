// The committed JSON Schema is the one the zod schema gives, and it judges drills as the harness does.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { drillJsonSchema, drillJsonSchemaText } from './drill-json-schema.ts'
import { YAML_TWIN } from './testing/twin-drills.ts'

const FILE = join(import.meta.dirname, '../../chaos/drill.schema.json')

test('chaos/drill.schema.json is up to date (harness/drill/drill-json-schema.ts gives its text)', () => {
  expect(readFileSync(FILE, 'utf8')).toBe(drillJsonSchemaText())
})

test('an editor accepts a drill that the harness accepts, and refuses a misspelt one', () => {
  const check = new Ajv2020({ allErrors: true }).compile(drillJsonSchema())
  const drill = parse(YAML_TWIN) as Record<string, unknown>
  check(drill)
  expect(check.errors).toBeNull()
  expect(check({ ...drill, faults: [{ kind: 'outtage', edge: 'a->b', for: '5m' }] })).toBe(false)
  expect(check({ ...drill, baseline: '5 minutes' })).toBe(false)
  expect(check({ ...drill, flor: 1 })).toBe(false)
})
