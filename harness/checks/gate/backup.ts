// Does a backup hold what it is a backup of?
import { count } from '../wording.ts'
import { byLooks, tally } from './look.ts'
import type { GateJudge } from './look.ts'

export const backup: GateJudge<'backup'> = {
  describe: ({ service, tables }) => `a dump of ${service}, restored into an empty database, gives the same rows in ${count(tables, 'table')} or more`,
  judge: byLooks('backup', ({ tables }, value) => {
    const filled = value.filter(({ rows }) => rows > 0)
    const wrong = value.flatMap(({ table, rows, restored, same }) => {
      if (rows !== restored) return [`${table} had ${rows} rows and has ${restored}`]
      return same ? [] : [`${table} has other rows than it had`]
    })
    const unknown = filled.length < tables ? [`only ${count(filled.length, 'table')} had rows`] : []
    return tally({ wrong, unknown, good: `${filled.reduce((sum, { rows }) => sum + rows, 0)} rows of ${count(filled.length, 'table')} came back the same` })
  }),
}
