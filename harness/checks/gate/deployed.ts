// Is what was said to be deployed part of the system at all, and does it run?
import { sayList } from '../wording.ts'
import { byLooks, tally } from './look.ts'
import type { GateJudge } from './look.ts'

export const deployed: GateJudge<'deployed'> = {
  describe: ({ services }) => `part of the stack, and running: ${services.join(', ')}`,
  judge: byLooks('deployed', ({ services }, value) => {
    const absent = services.filter((service) => !value.some((one) => one.service === service))
    const down = value.filter(({ service, state }) => services.includes(service) && state !== 'running')
    const wrong = [...absent.map((service) => `${service} is not part of the stack`), ...down.map(({ service, state }) => `${service} is ${state}`)]
    return tally({ wrong, good: `running: ${sayList(services, 6)}` })
  }),
}
