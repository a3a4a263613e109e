// Is the system up in the time that was promised, by one command?
import { humanDuration, parseDuration } from '../../model/duration.ts'
import { inconclusive } from '../outcome.ts'
import { byLooks, tally } from './look.ts'
import type { GateJudge } from './look.ts'

export const startTime: GateJudge<'start-time'> = {
  describe: ({ within }) => `one command brings the whole stack up, ready and scraped, within ${within}`,
  judge: byLooks('start-time', ({ within }, { ms, command, services }) => {
    if (services === 0) return inconclusive('nothing was started')
    const said = `${services} services ready after ${humanDuration(ms)} (${command})`
    return tally({ wrong: ms > parseDuration(within) ? [`${said}, wanted ${within}`] : [], good: said })
  }),
}
