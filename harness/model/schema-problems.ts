// What a zod schema has against a value, in words an author can act on: one problem for each mistake, with its line.
import { z } from 'zod'
import type { Located, Path } from './located.ts'
import { valueAt } from './located.ts'
import { suggest } from './nearest.ts'
import type { Problem } from './problem.ts'

type Issue = z.core.$ZodIssue
type AnySchema = z.core.$ZodType

interface Words {
  readonly path: Path
  readonly what: string
  readonly fix: string
}

interface Place {
  readonly schema: AnySchema
  readonly located: Located
}

/** The value as the schema reads it, or every mistake in it. */
export function readWith<T extends z.ZodType>(
  schema: T,
  located: Located,
): { readonly value?: z.output<T>; readonly problems: readonly Problem[] } {
  if (located.problems.length > 0) return { problems: located.problems }
  const read = schema.safeParse(located.value)
  if (read.success) return { value: read.data, problems: [] }
  const problems = read.error.issues.flatMap((issue) => wordsOf(issue, { schema, located })).map((words) => ({
    file: located.file,
    line: located.lineOf(words.path),
    what: words.what,
    fix: words.fix,
  }))
  return { problems }
}

function wordsOf(issue: Issue, place: Place): readonly Words[] {
  const input = valueAt(place.located.value, issue.path)
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(issue.path, key, place))
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined) return [badKind(issue.path, issue.discriminator, place)]
  if (input === undefined) return [missing(issue.path, issue, place)]
  return [{ path: issue.path, what: `${name(issue.path)} is ${shown(input)}`, fix: `write ${expected(issue, input)}` }]
}

function unknownKey(path: Path, key: string, place: Place): Words {
  const known = keysOf(schemaAt(place, path))
  return { path: [...path, key], what: `unknown key ${key}${within(path)}`, fix: suggest(key, known) }
}

function badKind(path: Path, discriminator: string, place: Place): Words {
  const kinds = kindsOf(schemaAt(place, path.slice(0, -1), true), discriminator)
  const kind = valueAt(place.located.value, [...path.slice(0, -1), discriminator])
  if (kind === undefined) return { path, what: `${discriminator} is missing${within(path.slice(0, -1))}`, fix: `add one of: ${kinds.join(', ')}` }
  return { path, what: `${discriminator} is ${shown(kind)}${within(path.slice(0, -1))}`, fix: suggest(String(kind), kinds) }
}

function missing(path: Path, issue: Issue, place: Place): Words {
  const outer = path.slice(0, -1)
  const schema = schemaAt(place, path)
  const meaning = schema instanceof z.ZodType ? schema.description : undefined
  return {
    path: outer,
    what: `${String(path.at(-1) ?? 'the whole file')} is missing${within(outer)}`,
    fix: `add it: ${meaning ?? expected(issue, undefined)}`,
  }
}

const TYPES: Readonly<Record<string, string>> = {
  array: 'a list', object: 'a map', record: 'a map', string: 'a text', number: 'a number', boolean: 'true or false', int: 'a whole number',
}

function expected(issue: Issue, input: unknown): string {
  if (issue.code === 'invalid_type') return TYPES[issue.expected] ?? issue.expected
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String)
    return values.length === 1 ? String(values[0]) : suggest(String(input), values).replace('use one of', 'one of')
  }
  if (issue.code === 'too_small') return `${issue.origin === 'number' ? 'a number of' : 'a length of'} at least ${issue.minimum}`
  if (issue.code === 'too_big') return `${issue.origin === 'number' ? 'a number of' : 'a length of'} at most ${issue.maximum}`
  return issue.message.startsWith('Invalid string') ? `text like ${'pattern' in issue ? issue.pattern : 'the description says'}` : issue.message
}

function name(path: Path): string {
  return path.length === 0 ? 'the whole file' : path.map(String).join('.')
}

function within(path: Path): string {
  return path.length === 0 ? '' : ` in ${name(path)}`
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'a map'
  return JSON.stringify(value) ?? typeof value
}

/** The schema of what stands at `path`; of a discriminated union the chosen member, unless the union itself is wanted. */
function schemaAt({ schema, located }: Place, path: Path, wantUnion = false): AnySchema | undefined {
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
  if (!(bare instanceof z.ZodDiscriminatedUnion) || wantUnion) return schema instanceof z.ZodType && bare === undefined ? schema : (bare ?? schema)
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

function keysOf(schema: AnySchema | undefined): readonly string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
}

function kindsOf(schema: AnySchema | undefined, discriminator: string): readonly string[] {
  if (schema instanceof z.ZodDiscriminatedUnion) return schema.options.flatMap((option) => kindsOf(option, discriminator))
  const literal = schema instanceof z.ZodObject ? schema.shape[discriminator] : undefined
  return literal instanceof z.ZodLiteral ? literal.def.values.map(String) : []
}
