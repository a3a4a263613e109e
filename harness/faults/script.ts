// A small program hurts a service for as long as it runs, and says itself what can be seen of that.
import { HarnessError } from '../errors.ts'
import { parseDuration } from '../model/duration.ts'
import type { FaultOf } from '../model/fault.ts'
import type { Scripts } from '../model/script.ts'
import type { FaultKind, World } from './fault-kind.ts'
import { lookAtService } from './target-look.ts'
import { slackMs } from './toxic-kind.ts'

/** FAULT_UNSUPPORTED where nothing can be run. */
export function scriptsOf({ scripts }: World): Scripts {
  if (scripts !== undefined) return scripts
  throw new HarnessError('FAULT_UNSUPPORTED', 'no program of a disturbance can be run from here')
}

export const script: FaultKind<FaultOf<'script'>> = {
  describe: ({ script: name, service, with: options = {} }) => {
    const words = Object.entries(options).map(([key, value]) => `${key} ${value}`)
    return `${name} disturbs ${service}${words.length === 0 ? '' : ` (${words.join(', ')})`}`
  },
  reads: 'what its program says',
  undo: ({ index, fault, target }, world) => {
    return { action: 'end-script', service: target, script: fault.script, token: scriptsOf(world).tokenOf(index, fault.script, target) }
  },
  apply: ({ index, fault, target }, world, signal) => {
    const scripts = scriptsOf(world)
    const { script: name, with: options = {} } = fault
    return scripts.start({ script: name, token: scripts.tokenOf(index, name, target), service: target, options, ms: parseDuration(fault.for) }, signal)
  },
  look: async ({ index, fault, target }, glance) => {
    const scripts = scriptsOf(glance.world)
    const sight = await lookAtService(target, glance)
    return { ...sight, script: scripts.look(scripts.tokenOf(index, fault.script, target)) }
  },
  judge: () => ({
    patienceMs: slackMs,
    blind: () => undefined,
    bites: (_, { script: seen }) => seen?.running === true && seen.holds,
    gone: (_, { script: seen, ...sight }) => seen?.running === false && seen.gone !== undefined && sight.state === 'running' && sight.outcome === 'answered',
    looks: 1,
    enough: 1,
    atOnce: 1,
  }),
  ends: ({ index, fault, target }, world) => {
    const scripts = scriptsOf(world)
    return scripts.ended(scripts.tokenOf(index, fault.script, target))
  },
}
