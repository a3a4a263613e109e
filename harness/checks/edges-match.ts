// Are the edges of the stack those that its traces show: none that nobody uses, none that nobody knows?
import { evidenceOf } from '../model/record.ts'
import { fail, inconclusive, pass } from './outcome.ts'
import type { Check } from './outcome.ts'
import { count, sayList, sayMissing } from './wording.ts'

export const edgesMatch: Check<'edges-match'> = {
  describe: () => 'traces show every edge of the stack between services that are traced, and no other',
  judge({ except = {} }, record) {
    const look = evidenceOf(record, 'traced-edges').at(-1)
    if (look === undefined) return inconclusive('no traces were searched for edges')
    const lines = [look.seq]
    const { covered, missing, value } = look.evidence
    if (!covered) return inconclusive(`the traces were not fully read${sayMissing(missing)}`, { lines })
    if (value.expected.length === 0) return inconclusive('no service of this stack has an edge to the tracing back-end', { lines })
    const excepted = Object.entries(except).filter(([edge]) => !value.seen.includes(edge))
    const unseen = value.expected.filter((edge) => !value.seen.includes(edge) && !Object.hasOwn(except, edge))
    const breaches = [
      ...(value.silent.length > 0 ? [`${sayList(value.silent, 20)} exported no span`] : []),
      ...(unseen.length > 0 ? [`no trace shows ${sayList(unseen, 20)}`] : []),
      ...(value.strangers.length > 0 ? [`traces show ${sayList(value.strangers, 20)}, which the stack does not list`] : []),
    ]
    if (breaches.length > 0) return fail(breaches.join('; '), { lines })
    const left = excepted.map(([edge, why]) => `; not asked of ${edge}: ${why}`).join('')
    return pass(`${count(value.expected.length - excepted.length, 'edge')} seen in traces, and no other${left}`, { lines })
  },
}
