// Were users served as fast, as well and as often as promised?
import { humanDuration, parseDuration } from '../../model/duration.ts'
import { inconclusive } from '../outcome.ts'
import { sayNumber } from '../wording.ts'
import { byLooks, tally } from './look.ts'
import type { GateJudge } from './look.ts'

const percent = (share: number): string => `${sayNumber(share * 100)} %`

export const load: GateJudge<'load'> = {
  describe({ drill, p95, good, rate }) {
    const wanted = [p95 && `95 of 100 operations within ${p95}`, good !== undefined && `${percent(good)} of them answered as promised`, rate !== undefined && `at least ${rate} a second`]
    return `under the load of ${drill}: ${wanted.filter(Boolean).join(', ') || 'it is served'}`
  },
  judge: byLooks('load', ({ p95, good = 0, rate = 0 }, value) => {
    const { operations, seconds, p95Ms } = value
    if (operations === 0 || seconds === 0) return inconclusive('no operation was made')
    const [share, perSecond] = [value.good / operations, operations / seconds]
    const wrong = [
      p95 !== undefined && p95Ms > parseDuration(p95) && `p95 was ${humanDuration(p95Ms)}, wanted ${p95}`,
      share < good && `${percent(share)} of ${operations} operations were answered as promised, wanted ${percent(good)}`,
      perSecond < rate && `${sayNumber(perSecond)} operations a second, wanted ${rate}`,
    ]
    return tally({ wrong: wrong.filter((one) => one !== false), good: `${operations} operations at ${sayNumber(perSecond)} a second, ${percent(share)} good, p95 ${humanDuration(p95Ms)}` })
  }),
}
