// Does Prometheus scrape these services, and does it get an answer?
import { count } from '../wording.ts'
import { byLooks, tally } from './look.ts'
import type { GateJudge } from './look.ts'

export const targets: GateJudge<'targets'> = {
  describe: ({ services }) => `Prometheus scrapes ${services.join(', ')}, and each is up`,
  judge: byLooks('targets', ({ services }, value) => {
    const absent = services.filter((service) => !value.some((one) => one.service === service)).map((service) => `${service} is no target`)
    const own = value.filter(({ service }) => services.includes(service))
    // not scraped yet says nothing of the service
    const unknown = own.filter(({ health }) => health === 'unknown').map(({ service }) => `${service} has not been scraped yet`)
    const down = own.filter(({ health }) => health === 'down').map(({ service, lastError }) => `${service} is down (${lastError})`)
    return tally({ wrong: [...absent, ...down], unknown, good: `${count(own.length, 'target')} up` })
  }),
}
