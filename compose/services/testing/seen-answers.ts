// Holds contract tests to their titles: what one claims must have been asked and answered while it ran, with the documented body.
import type { ServiceDocument } from './documented-routes.ts'
import type { Claim } from './route-claims.ts'
import { routeFor } from './route-match.ts'

/** An answer that a test was given. */
export interface SeenAnswer {
  readonly service: string
  /** `GET /samples/1?x=y`. */
  readonly what: string
  readonly status: number
  /** Its JSON; undefined when it is none. */
  readonly body: unknown
}

/** What is wrong with a claim; nothing when the answers bear it out. */
export function problemsOf(claim: Claim, seen: readonly SeenAnswer[], document: ServiceDocument): readonly string[] {
  const own = seen.filter(({ service }) => service === claim.service)
  const same = own.filter(({ what }) => routeFor(what, [claim.what]) !== undefined)
  const given = same.filter(({ status }) => status === claim.status)
  const said = `${claim.what} -> ${claim.status}`
  if (given.length > 0) return given.flatMap(({ body }) => lacking(fieldsOf(claim, document), body)).map((field) => `the answer to ${said} has no field ${field}`)
  const others = (same.length > 0 ? same : own).map(({ what, status }) => `${what} -> ${status}`)
  return [`${claim.service} never gave the answer ${said} of the title; it gave ${[...new Set(others)].slice(0, 8).join(', ') || 'none'}`]
}

/** Fields of the answer that is documented first, or those of a refusal. */
function fieldsOf({ what, status }: Claim, { documented, refusal }: ServiceDocument): readonly string[] {
  const route = routeFor(what, documented.map((one) => one.route))
  const said = documented.find((one) => one.route === route)
  if (said?.answers[0] === status) return said.body
  return status >= 400 && !said?.answers.includes(503) ? refusal : []
}

/** Plain text has no fields, and may be a refusal of a request's form. */
function lacking(fields: readonly string[], body: unknown): readonly string[] {
  return body === undefined ? [] : fields.filter((field) => !has(body, field.split('.')))
}

function has(value: unknown, [first, ...rest]: readonly string[]): boolean {
  if (first === undefined) return value !== undefined
  if (typeof value !== 'object' || value === null) return false
  const name = first.replace(/\[\]$/, '')
  const inner = (value as Readonly<Record<string, unknown>>)[name]
  if (!first.endsWith('[]')) return has(inner, rest)
  return Array.isArray(inner) && inner.every((one) => has(one, rest))
}
