// Is there a measurement at all, of everything it should be of, and within its bounds?
import type { CheckOf } from '../../model/gate-check.ts'
import type { FactValue } from '../../model/gate-evidence.ts'
import { count, sayLabels, sayNumber } from '../wording.ts'
import { byLooks, tally } from './look.ts'
import type { GateJudge } from './look.ts'

type Check = CheckOf<'series'>
type Series = FactValue<'series'>[number]

export const series: GateJudge<'series'> = {
  describe({ query, series: wanted = 1, atLeast, atMost }) {
    const bounds = [atLeast !== undefined && `each at least ${atLeast}`, atMost !== undefined && `each at most ${atMost}`].filter(Boolean)
    return `\`${query}\` gives ${bounds.length === 0 || wanted > 1 ? `at least ${wanted} series` : 'series'}${bounds.length === 0 ? '' : `, ${bounds.join(' and ')}`}`
  },
  judge: byLooks('series', (check, value) => {
    const wanted = check.series ?? 1
    if (value.length < wanted) return tally({ wrong: [`${value.length} series, wanted at least ${wanted}`], good: '' })
    const unknown = value.filter(({ lowest, highest }) => Number.isNaN(lowest) || Number.isNaN(highest)).map(({ labels }) => `the series ${sayLabels(labels)} has no number`)
    return tally({ wrong: value.flatMap((one) => outside(one, check)), unknown, good: sayGood(value) })
  }),
}

function outside({ labels, lowest, highest }: Series, { atLeast = -Infinity, atMost = Infinity }: Check): readonly string[] {
  const of = sayLabels(labels) || 'it'
  if (lowest < atLeast) return [`${of} went down to ${sayNumber(lowest)}, wanted at least ${atLeast}`]
  return highest > atMost ? [`${of} went up to ${sayNumber(highest)}, wanted at most ${atMost}`] : []
}

function sayGood(value: readonly Series[]): string {
  if (value.length === 0) return 'no series'
  const [low, high] = [Math.min(...value.map(({ lowest }) => lowest)), Math.max(...value.map(({ highest }) => highest))]
  return `${count(value.length, 'series')}, from ${sayNumber(low)} to ${sayNumber(high)}`
}
