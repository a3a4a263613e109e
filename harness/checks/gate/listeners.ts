// Does anything wait for calls from outside the machine that nobody spoke of?
import { inconclusive } from '../outcome.ts'
import { count } from '../wording.ts'
import { byLooks, tally } from './look.ts'
import type { GateJudge } from './look.ts'

export const listeners: GateJudge<'listeners'> = {
  describe: ({ open }) => `nothing can be reached from outside the machine${open.length === 0 ? '' : ` but ${open.join(', ')}`}`,
  judge: byLooks('listeners', ({ open }, value) => {
    // a running system listens somewhere: an empty list was not looked at rightly
    if (value.length === 0) return inconclusive('no listener was seen at all')
    const wrong = value.filter(({ service, port, loopback }) => !loopback && !open.includes(`${service}:${port}`))
    return tally({ wrong: wrong.map(({ service, port, address }) => `${service} listens on ${address}:${port}`), good: `${count(value.length, 'listener')}, none unexpected` })
  }),
}
