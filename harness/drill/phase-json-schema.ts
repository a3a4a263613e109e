// The language of phases as JSON Schema, for editors: generated from the zod schema, so the two cannot disagree.
import { z } from 'zod'
import { phaseSchema } from '../model/phase.ts'

/** What reports/phases/phase.schema.json holds. */
export function phaseJsonSchema(): Readonly<Record<string, unknown>> {
  return { ...z.toJSONSchema(phaseSchema, { io: 'input' }), title: 'Phase', description: 'What a phase claims to have reached, and how each claim is decided.' }
}

/** The text of reports/phases/phase.schema.json. */
export function phaseJsonSchemaText(): string {
  return `${JSON.stringify(phaseJsonSchema(), null, 2)}\n`
}
