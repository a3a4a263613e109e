// Does a service that is told to stop finish what it has begun?
import { humanDuration, parseDuration } from '../../model/duration.ts'
import { count } from '../wording.ts'
import { byAllLooks, tallyEach } from './look.ts'
import type { GateJudge } from './look.ts'

export const shutdown: GateJudge<'shutdown'> = {
  describe: ({ services, within }) => `told to stop under load, each of ${services.join(', ')} finishes its requests and ends${within === undefined ? '' : ` within ${within}`}`,
  judge: byAllLooks('shutdown', ({ services, within = '1y' }, found) =>
    tallyEach({
      services,
      found,
      unknown: ({ service, served }) => (served === 0 ? `nobody asked anything of ${service}` : undefined),
      wrong: ({ service, exitCode, ms, lost }) => {
        if (exitCode === undefined) return `${service} did not end`
        if (lost > 0) return `${count(lost, 'request')} to ${service} got no answer`
        if (exitCode !== 0) return `${service} ended with ${exitCode}`
        return ms > parseDuration(within) ? `${service} took ${humanDuration(ms)}` : undefined
      },
      good: `${count(found.reduce((sum, { served }) => sum + served, 0), 'request')} served to the end, none lost`,
    }),
  ),
}
