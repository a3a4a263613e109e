// The drill language as JSON Schema, for editors: generated from the zod schema, so the two cannot disagree.
import { z } from 'zod'
import { drillSchema } from '../model/drill.ts'

/** What chaos/drill.schema.json holds. */
export function drillJsonSchema(): Readonly<Record<string, unknown>> {
  return {
    ...z.toJSONSchema(drillSchema, { io: 'input' }),
    title: 'Drill',
    description: 'One question about the system, as plain data.',
  }
}

/** The text of chaos/drill.schema.json. */
export function drillJsonSchemaText(): string {
  return `${JSON.stringify(drillJsonSchema(), null, 2)}\n`
}
