// What a zod schema has against a value, in words an author can act on: one problem for each mistake, with its line.
import { z } from 'zod'
import type { Located, Path } from './located.ts'
import { valueAt } from './located.ts'
import { suggest } from './nearest.ts'
import type { Problem } from './problem.ts'
import { formOf, keysOf, kindsOf, schemaAt } from './schema-place.ts'
import type { Place } from './schema-place.ts'

type Issue = z.core.$ZodIssue

interface Words {
  readonly path: Path
  readonly what: string
  readonly fix: string
}

/** The value as the schema reads it, or every mistake in it. */
export function readWith<T extends z.ZodType>(
  schema: T,
  located: Located,
): { readonly value?: z.output<T>; readonly problems: readonly Problem[] } {
  if (located.problems.length > 0) return { problems: located.problems }
  const read = schema.safeParse(located.value)
  if (read.success) return { value: read.data, problems: [] }
  const problems = read.error.issues
    .flatMap((issue) => wordsOf(issue, { schema, located }))
    .map((words) => ({
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
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined)
    return [badKind(issue.path, issue.discriminator, place)]
  if (input === undefined) return [missing(issue.path, issue, place)]
  return [{ path: issue.path, what: `${name(issue.path)} is ${shown(input)}`, fix: remedy(issue, input, place) }]
}

function remedy(issue: Issue, input: unknown, place: Place): string {
  if (issue.code === 'invalid_value' && issue.values.length > 1) return suggest(String(input), issue.values.map(String))
  const form = issue.code === 'invalid_type' ? formOf(schemaAt(place, issue.path)) : undefined
  return `write ${form ?? expected(issue)}`
}

function unknownKey(path: Path, key: string, place: Place): Words {
  const known = keysOf(schemaAt(place, path))
  return { path: [...path, key], what: `unknown key ${key}${within(path)}`, fix: suggest(key, known) }
}

function badKind(path: Path, discriminator: string, place: Place): Words {
  const kinds = kindsOf(schemaAt(place, path.slice(0, -1), true), discriminator)
  const kind = valueAt(place.located.value, [...path.slice(0, -1), discriminator])
  if (kind === undefined)
    return {
      path,
      what: `${discriminator} is missing${within(path.slice(0, -1))}`,
      fix: `add one of: ${kinds.join(', ')}`,
    }
  return {
    path,
    what: `${discriminator} is ${shown(kind)}${within(path.slice(0, -1))}`,
    fix: suggest(String(kind), kinds),
  }
}

function missing(path: Path, issue: Issue, place: Place): Words {
  const outer = path.slice(0, -1)
  const schema = schemaAt(place, path)
  const meaning = schema instanceof z.ZodType ? schema.description : undefined
  return {
    path: outer,
    what: `${String(path.at(-1) ?? 'the whole file')} is missing${within(outer)}`,
    fix: `add it: ${meaning ?? formOf(schema) ?? expected(issue)}`,
  }
}

const TYPES: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a map',
  record: 'a map',
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  int: 'a whole number',
}

function expected(issue: Issue): string {
  if (issue.code === 'invalid_type') return TYPES[issue.expected] ?? issue.expected
  if (issue.code === 'invalid_value')
    return issue.message.startsWith('Invalid') ? issue.values.map(String).join(' or ') : issue.message
  if (issue.code === 'too_small') return `${measure(issue.origin)} at least ${issue.minimum}`
  if (issue.code === 'too_big') return `${measure(issue.origin)} at most ${issue.maximum}`
  return issue.message.startsWith('Invalid string')
    ? `text like ${'pattern' in issue ? issue.pattern : 'the description says'}`
    : issue.message
}

function measure(origin: string): string {
  return origin === 'number' || origin === 'int' ? 'a number of' : 'a length of'
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
