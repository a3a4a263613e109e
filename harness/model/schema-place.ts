// Finds the schema of one place inside a value, so that a mistake there can be answered with what would be right.
import { z } from 'zod'
import { valueAt } from './located.ts'
import type { Located, Path } from './located.ts'

export type AnySchema = z.core.$ZodType

/** A value and the schema it is read with. */
export interface Place {
  readonly schema: AnySchema
  readonly located: Located
}

/** The schema of what stands at `path`; of a discriminated union the chosen member, unless the union itself is wanted. */
export function schemaAt({ schema, located }: Place, path: Path, wantUnion = false): AnySchema | undefined {
  let here: AnySchema | undefined = schema
  for (let depth = 0; depth <= path.length; depth++) {
    const last = depth === path.length
    here = chosen(here, valueAt(located.value, path.slice(0, depth)), last && wantUnion)
    if (!last) here = child(here, path[depth] as PropertyKey)
  }
  return here
}

function chosen(schema: AnySchema | undefined, value: unknown, wantUnion: boolean): AnySchema | undefined {
  const bare = unwrapped(schema)
  if (!(bare instanceof z.ZodDiscriminatedUnion) || wantUnion) return bare
  const kind = (value as Record<string, unknown> | undefined)?.[bare.def.discriminator]
  return bare.options.find((option) => kindsOf(option, bare.def.discriminator).includes(String(kind)))
}

function unwrapped(schema: AnySchema | undefined): AnySchema | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return unwrapped(schema.def.innerType)
  return schema
}

function child(schema: AnySchema | undefined, step: PropertyKey): AnySchema | undefined {
  if (schema instanceof z.ZodObject) return schema.shape[String(step)]
  if (schema instanceof z.ZodArray) return schema.def.element
  return schema instanceof z.ZodRecord ? schema.def.valueType : undefined
}

/** The keys a map may have. */
export function keysOf(schema: AnySchema | undefined): readonly string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
}

/** The values its discriminator may have. */
export function kindsOf(schema: AnySchema | undefined, discriminator: string): readonly string[] {
  if (schema instanceof z.ZodDiscriminatedUnion)
    return schema.options.flatMap((option) => kindsOf(option, discriminator))
  const literal = schema instanceof z.ZodObject ? schema.shape[discriminator] : undefined
  return literal instanceof z.ZodLiteral ? literal.def.values.map(String) : []
}

/** What a text must look like, in the words of the schema; undefined when any text will do. */
export function formOf(schema: AnySchema | undefined): string | undefined {
  const bare = unwrapped(schema)
  const checks = bare instanceof z.ZodString ? (bare.def.checks ?? []) : []
  const words = checks.map(({ _zod }) => _zod.def.error?.({} as never))
  return words.find((word) => typeof word === 'string')
}
