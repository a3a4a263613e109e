// Reads a JSON body field by field: wrong form is 422 at once, broken rules are gathered into one 400.
import type { FastifyRequest } from 'fastify'
import { malformed, Refusal } from './refusal.ts'

/** A JSON object whose names are not known yet. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Limits of a text. */
export interface TextRule {
  readonly min?: number
  readonly max?: number
  readonly pattern?: RegExp
  readonly message?: string
}

/** Reads the fields of one object. */
export interface Fields {
  text(name: string, rule?: TextRule): string
  optionalText(name: string, rule?: TextRule): string | null
  optionalNumber(name: string, range?: { min?: number; max?: number }): number | null
  optionalFlag(name: string): boolean
  list(name: string): readonly unknown[]
  has(name: string): boolean
  /** Notes a broken rule. */
  problem(message: string): void
  /** Throws a 400 with `code` when a rule was broken. */
  done(code: string): void
}

/** The request's body as an object; 415, 400 or 422 when it is none. */
export function jsonBody(request: FastifyRequest): JsonObject {
  const type = request.headers['content-type'] ?? ''
  if (!/^application\/json\b/i.test(type)) {
    throw malformed(415, 'Expected request with `Content-Type: application/json`')
  }
  if (request.body === undefined) throw malformed(400, 'Failed to parse the request body as JSON: it is empty')
  return jsonObject(request.body)
}

/** `value` as an object; 422 when it is none. */
export function jsonObject(value: unknown): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject
  throw mistyped('an object is needed')
}

/** The refusal of a value of another type than its field has. */
export function mistyped(what: string): Refusal {
  return malformed(422, `Failed to deserialize the JSON body into the target type: ${what}`)
}

/** Starts reading `body`. */
export function fieldsOf(body: JsonObject): Fields {
  const problems: string[] = []
  const optionalText = (name: string, rule: TextRule = {}): string | null => {
    const value = body[name] ?? null
    if (value === null) return null
    if (typeof value !== 'string') throw mistyped(`${name}: a string is needed`)
    problems.push(...brokenRules(name, value, rule))
    return value
  }
  return {
    optionalText,
    text: (name, rule) => optionalText(name, rule) ?? missing(name),
    optionalNumber: (name, range) => {
      const value = body[name] ?? null
      if (value !== null && typeof value !== 'number') throw mistyped(`${name}: a number is needed`)
      if (value !== null) problems.push(...outOfRange(name, value, range ?? {}))
      return value
    },
    optionalFlag: (name) => {
      const value = body[name] ?? false
      if (typeof value !== 'boolean') throw mistyped(`${name}: a boolean is needed`)
      return value
    },
    list: (name) => {
      const value = body[name] ?? missing(name)
      if (!Array.isArray(value)) throw mistyped(`${name}: a list is needed`)
      return value
    },
    has: (name) => body[name] !== undefined,
    problem: (message) => void problems.push(message),
    done: (code) => {
      if (problems.length > 0) throw new Refusal(400, code, problems.join(', '))
    },
  }
}

function missing(name: string): never {
  throw mistyped(`missing field \`${name}\``)
}

function brokenRules(name: string, value: string, { min = 0, max = 10_000, pattern, message }: TextRule): string[] {
  const problems: string[] = []
  if (value.length < min) problems.push(`${name} needs at least ${min} character${min === 1 ? '' : 's'}`)
  if (value.length > max) problems.push(`${name} may have at most ${max} characters`)
  // A NUL byte is legal in JSON but not in a Postgres text.
  if (value.includes('\0')) problems.push(`${name} holds a NUL character`)
  if (pattern !== undefined && !pattern.test(value)) problems.push(message ?? `${name} is malformed`)
  return problems
}

function outOfRange(name: string, value: number, range: { min?: number; max?: number }): string[] {
  const { min = -Infinity, max = Infinity } = range
  return value >= min && value <= max ? [] : [`${name} must be between ${min} and ${max}`]
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** True for a uuid in its usual form. */
export function isUuid(value: string): boolean {
  return UUID.test(value)
}

/** The uuid in the path; 400 when it is none. */
export function uuidParam(request: FastifyRequest, name = 'id'): string {
  const value = (request.params as Record<string, string>)[name] ?? ''
  if (isUuid(value)) return value
  throw malformed(400, `Invalid URL: Cannot parse \`${name}\` with value \`${value.slice(0, 60)}\`: not a UUID`)
}
