// Whom would an alert reach? Asked of the routes as they are loaded, not as they were meant.
import { keyOf } from '../labels.ts'
import { count, sayLabels } from '../wording.ts'
import { byLooks, tally } from './look.ts'
import type { GateJudge } from './look.ts'

export const routes: GateJudge<'routes'> = {
  describe: ({ routes: wanted }) => wanted.map(({ labels, receivers }) => `${sayLabels(labels)} reaches ${receivers.join(' and ')}`).join('; '),
  judge: byLooks('routes', ({ routes: wanted }, value) => {
    const known = new Map(value.map(({ labels, receivers }) => [keyOf(labels), receivers]))
    const wrong = wanted.flatMap(({ labels, receivers }) => {
      const reached = known.get(keyOf(labels))
      const left = reached === undefined ? [] : receivers.filter((receiver) => !reached.includes(receiver))
      return left.length === 0 ? [] : [`${sayLabels(labels)} does not reach ${left.join(' and ')}, but ${reached?.join(' and ') || 'nobody'}`]
    })
    const unknown = wanted.filter(({ labels }) => !known.has(keyOf(labels))).map(({ labels }) => `nobody asked whom ${sayLabels(labels)} reaches`)
    return tally({ wrong, unknown, good: `${count(wanted.length, 'route')} as wanted` })
  }),
}
