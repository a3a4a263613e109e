// Are parts kept from each other that have nothing to say to each other?
import { count } from '../wording.ts'
import { byLooks, tally } from './look.ts'
import type { GateJudge } from './look.ts'

export const separated: GateJudge<'separated'> = {
  describe: ({ pairs }) => pairs.map(({ from, to }) => `${from} cannot connect to ${to}`).join('; '),
  judge: byLooks('separated', ({ pairs }, value) => {
    const tried = pairs.map((pair) => ({ name: `${pair.from} to ${pair.to}`, found: value.find(({ from, to }) => from === pair.from && to === pair.to) }))
    return tally({
      wrong: tried.filter(({ found }) => found?.connected).map(({ name }) => `${name} is open`),
      unknown: tried.filter(({ found }) => found === undefined).map(({ name }) => `${name} was not tried`),
      good: `${count(pairs.length, 'way')} closed`,
    })
  }),
}
