// Is a container as restricted, and as looked after, as was said?
import type { Trait } from '../../model/gate-check.ts'
import { count } from '../wording.ts'
import { byLooks, tallyEach } from './look.ts'
import type { GateJudge } from './look.ts'

const WORDS: Readonly<Record<Trait, string>> = {
  'non-root': 'not run as root',
  'memory-limit': 'have a memory limit',
  'cpu-limit': 'have a CPU limit',
  'health-check': 'have a health check',
  'restart-policy': 'have a restart policy',
  'read-only': 'have a read-only file system',
}

export const container: GateJudge<'container'> = {
  describe: ({ services, traits, proof }) => `the containers of ${services.join(', ')} ${traits.map((trait) => WORDS[trait]).join(', ')} (${proof === 'running' ? 'as the engine sees them' : 'as the compose file says'})`,
  judge: byLooks('container', ({ services, traits, proof }, found) => {
    const seen = found.filter(({ service, running }) => services.includes(service) && running !== undefined).length
    return tallyEach({
      services,
      found,
      unknown: ({ service, running }) => (proof === 'running' && running === undefined ? `no engine runs ${service}` : undefined),
      wrong: ({ service, declared, running }) => {
        const lacking = traits.filter((trait) => !declared[trait])
        if (lacking.length > 0) return `${service} does not ${lacking.map((trait) => WORDS[trait]).join(', nor ')}`.replace('does not not run', 'may run')
        const contradicted = traits.filter((trait) => running?.[trait] === false)
        return contradicted.length > 0 ? `${service} is said to ${contradicted.map((trait) => WORDS[trait]).join(', ')}, and the engine sees it otherwise` : undefined
      },
      good: `${count(services.length, 'container')}, ${seen === 0 ? 'as declared; no engine ran them' : `${seen} of them as the engine ran them`}`,
    })
  }),
}
