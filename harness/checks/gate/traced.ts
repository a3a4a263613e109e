// Can the way of a request be followed through the system?
import { matchNames } from '../../model/stack.ts'
import { count } from '../wording.ts'
import { byLooks, tally } from './look.ts'
import type { GateJudge } from './look.ts'

export const traced: GateJudge<'traced'> = {
  describe({ services = [], edges = [], spans }) {
    const wanted = [services.length > 0 && `spans of ${services.join(', ')}`, edges.length > 0 && `the calls ${edges.join(', ')}`, spans !== undefined && `one of ${spans} spans or more`]
    return `traces under load show ${wanted.filter(Boolean).join('; ') || 'something'}`
  },
  judge: byLooks('traced', ({ services = [], edges = [], spans = 1 }, value) => {
    if (value.traces === 0) return tally({ wrong: ['there is no trace at all'], good: '' })
    const named = value.edges.map((name) => ({ name }))
    const wrong = [
      ...services.filter((service) => !value.services.includes(service)).map((service) => `no span of ${service}`),
      ...edges.filter((edge) => matchNames(edge, named).length === 0).map((edge) => `no trace shows ${edge}`),
      ...(value.longest < spans ? [`the longest trace has ${count(value.longest, 'span')}, wanted ${spans}`] : []),
    ]
    return tally({ wrong, good: `${count(value.traces, 'trace')} of ${count(value.services.length, 'service')}, the longest of ${count(value.longest, 'span')}` })
  }),
}
