// Can a machine read what services log, and does a line lead to the request it is about?
import { count } from '../wording.ts'
import { byLooks, tallyEach } from './look.ts'
import type { GateJudge } from './look.ts'

export const logs: GateJudge<'logs'> = {
  describe: ({ services, fields, joined }) =>
    `every line of ${services.join(', ')} is structured${fields.length === 0 ? '' : ` and has ${fields.join(', ')}`}${joined ? ', and some lead to a trace that was kept' : ''}`,
  judge: byLooks('logs', ({ services, fields, joined }, found) => {
    const lines = found.reduce((sum, one) => sum + one.lines, 0)
    return tallyEach({
      services,
      found,
      unknown: (one) => (one.lines === 0 ? `${one.service} logged nothing` : undefined),
      wrong: (one) => {
        const odd = one.lines - one.structured
        if (odd > 0) return `${odd} of ${one.lines} lines of ${one.service} are not structured${one.example === undefined ? '' : `, such as ${one.example}`}`
        const lacking = fields.find((field) => (one.fields[field] ?? 0) < one.structured)
        if (lacking !== undefined) return `${one.service} has lines without ${lacking}`
        return joined && one.joined === 0 ? `no line of ${one.service} leads to a trace` : undefined
      },
      good: `${count(lines, 'line')} of ${count(services.length, 'service')}`,
    })
  }),
}
