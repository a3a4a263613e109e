// Does a service that was killed come back by itself, in time?
import { humanDuration, parseDuration } from '../../model/duration.ts'
import { byAllLooks, tallyEach } from './look.ts'
import type { GateJudge } from './look.ts'

export const recovery: GateJudge<'recovery'> = {
  describe: ({ services, within }) => `killed and started again, each of ${services.join(', ')} is ready within ${within}`,
  judge: byAllLooks('recovery', ({ services, within }, found) => {
    const longest = Math.max(...found.filter(({ service }) => services.includes(service)).map(({ readyMs = 0 }) => readyMs))
    return tallyEach({
      services,
      found,
      unknown: ({ service, died }) => (died ? undefined : `${service} was not seen to die`),
      wrong: ({ service, readyMs }) => {
        if (readyMs === undefined) return `${service} did not come back`
        return readyMs > parseDuration(within) ? `${service} took ${humanDuration(readyMs)}` : undefined
      },
      good: `the slowest took ${humanDuration(longest)}`,
    })
  }),
}
