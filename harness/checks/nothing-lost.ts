// Is everything that was acknowledged stored exactly once, and nothing that was refused?
import type { StoreTally } from '../model/evidence.ts'
import { evidenceOf } from '../model/record.ts'
import { fail, inconclusive, pass } from './outcome.ts'
import type { Check } from './outcome.ts'
import { count, sayList, sayMissing } from './wording.ts'

export const nothingLost: Check<'nothing-lost'> = {
  describe: ({ scenario }) => `every acknowledged write of ${scenario} is stored exactly once, and no refused one is`,
  judge({ scenario }, record) {
    const looks = evidenceOf(record, 'store').filter(({ evidence }) => evidence.value.scenario === scenario)
    if (looks.length === 0) return inconclusive(`no store was read for ${scenario}`)
    const last = [...new Map(looks.map((look) => [look.evidence.value.store, look])).values()]
    const lines = last.map(({ seq }) => seq)
    const breaches = last.flatMap(({ evidence: { value } }) =>
      breachesOf(value.tally).map((breach) => `${value.store}: ${breach}`),
    )
    if (breaches.length > 0) return fail(breaches.join('; '), { lines })
    const unread = last.find(({ evidence }) => !evidence.covered)?.evidence
    if (unread !== undefined)
      return inconclusive(`${unread.value.store} was not fully read${sayMissing(unread.missing)}`, { lines })
    const idle = last.find(({ evidence }) => keys(evidence.value.tally, 'acknowledged') === 0)?.evidence
    if (idle !== undefined)
      return inconclusive(`no write to ${idle.value.store} was acknowledged, so none could be lost`, { lines })
    return pass(last.map(({ evidence: { value } }) => `${value.store}: ${summary(value.tally)}`).join('; '), { lines })
  },
}

function keys(tally: readonly StoreTally[], outcome: StoreTally['outcome'], rows?: StoreTally['rows']): number {
  const cells = tally.filter((cell) => cell.outcome === outcome && (rows === undefined || cell.rows === rows))
  return cells.reduce((sum, cell) => sum + cell.keys, 0)
}

function breachesOf(tally: readonly StoreTally[]): readonly string[] {
  const acknowledged = keys(tally, 'acknowledged')
  return tally.flatMap((cell) => {
    if (cell.keys === 0) return []
    const examples = cell.examples.length === 0 ? '' : ` (such as ${sayList(cell.examples, 3)})`
    if (cell.outcome === 'acknowledged' && cell.rows === 0)
      return [`${cell.keys} of ${count(acknowledged, 'acknowledged write')} lost${examples}`]
    if (cell.outcome === 'acknowledged' && cell.rows === 'more')
      return [`${cell.keys} of ${count(acknowledged, 'acknowledged write')} stored more than once${examples}`]
    if (cell.outcome === 'failed' && cell.rows !== 0)
      return [`${count(cell.keys, 'refused write')} stored all the same${examples}`]
    return []
  })
}

function summary(tally: readonly StoreTally[]): string {
  const unknown = keys(tally, 'unknown')
  const open =
    unknown === 0
      ? ''
      : `, and ${keys(tally, 'unknown', 1) + keys(tally, 'unknown', 'more')} of ${unknown} with unknown outcome`
  const refused = keys(tally, 'failed')
  const kept = `${count(keys(tally, 'acknowledged'), 'acknowledged write')} stored once`
  return `${kept}${refused === 0 ? '' : `, none of ${refused} refused`}${open}`
}
