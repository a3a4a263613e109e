// Names what an SQL statement does, for spans and metrics; only parameterised text is ever looked at.

/** A statement's verb and table, as spans and metrics name them. */
export interface StatementName {
  readonly operation: string
  readonly name: string
}

const TABLE = /\b(?:from|into|update)\s+([a-z_]+\.[a-z_]+)/i

/** `select ... from auth.users` becomes { operation: 'SELECT', name: 'SELECT auth.users' }. */
export function nameStatement(sql: string): StatementName {
  const operation = (/[a-z]+/i.exec(sql)?.[0] ?? 'unknown').toUpperCase()
  const table = TABLE.exec(sql)?.[1]
  return { operation, name: table === undefined ? operation : `${operation} ${table}` }
}
