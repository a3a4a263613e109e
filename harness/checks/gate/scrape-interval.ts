// How often is a service really looked at? What a configuration says is one thing, the samples Prometheus keeps are another.
import { humanDuration, parseDuration } from '../../model/duration.ts'
import { byLooks, tallyEach } from './look.ts'
import type { GateJudge } from './look.ts'

/** How far the median may be off, for no scrape is on time to the millisecond. */
const TOLERANCE = 1.2
/** By so many real milliseconds a busy machine may be late with everything; nothing of an interval in production, much of an accelerated one. */
const BUSY_MS = 200
/** Fewer samples say nothing of an interval. */
const FEWEST = 5

export const scrapeInterval: GateJudge<'scrape-interval'> = {
  describe: ({ services, every }) => `a sample every ${every} of ${services.join(', ')}`,
  judge: byLooks('scrape-interval', ({ services, every }, { acceleration, floorMs, services: found }) => {
    const wanted = parseDuration(every)
    const hidden = wanted / acceleration < floorMs
    return tallyEach({
      services,
      found,
      unknown: ({ service, samples, medianMs }) => {
        if (samples < FEWEST) return `${service} has ${samples} samples`
        if (hidden && medianMs <= floorMs * TOLERANCE) return `${every} is below what this run can show of ${service}`
        const late = medianMs - wanted / acceleration
        return acceleration > 1 && medianMs * acceleration > wanted * TOLERANCE && late < BUSY_MS
          ? `samples of ${service} come ${Math.round(late)} ms late, which is the machine's doing as well as anybody's`
          : undefined
      },
      wrong: ({ service, medianMs }) => (medianMs * acceleration > wanted * TOLERANCE ? `${service} has one every ${humanDuration(medianMs * acceleration)}` : undefined),
      good: `the longest is one every ${humanDuration(Math.max(...found.filter(({ service }) => services.includes(service)).map(({ medianMs }) => medianMs * acceleration)))}`,
    })
  }),
}
