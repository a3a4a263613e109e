// Names what an SQL statement does, for spans and metrics; only parameterised text is ever looked at.

/** A statement's verb and table, as spans and metrics name them. */
export interface StatementName {
  readonly operation: string
  readonly name: string
}

const VERB = /\b(?:select|insert|update|delete|begin|commit|rollback)\b/i
const TABLE = /\b(?:from|into|update)\s+([a-z_]+\.[a-z_]+)/i

/** The first verb counts, past any `with`: `select ... from auth.users` is named `SELECT auth.users`. */
export function nameStatement(sql: string): StatementName {
  const operation = (VERB.exec(sql)?.[0] ?? 'other').toUpperCase()
  const table = TABLE.exec(sql)?.[1]
  return { operation, name: table === undefined ? operation : `${operation} ${table}` }
}
