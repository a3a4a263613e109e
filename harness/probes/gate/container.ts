// What is said of containers, and what their engine says of them where there is one.
import type { Traits } from '../../model/insight.ts'
import type { Rig, ServiceSpec } from '../../model/stack.ts'
import { observe } from '../probe.ts'
import type { GateProbe } from './gate-probe.ts'

/** A service that is not part of the stack is left out. */
export const container: GateProbe<'container'> = ({ services, traits }, { rig, signal }) =>
  observe(signal, [], async () => {
    const specs = rig.stack.services.filter(({ name }) => services.includes(name))
    // the harness lets no engine start anything again, so that it sees what dies: of that the engine can say nothing
    const canTell = !traits.includes('restart-policy')
    const value = await Promise.all(
      specs.map(async (spec) => {
        const running = canTell ? await rig.insight?.traits(spec.name) : undefined
        return { service: spec.name, declared: declaredBy(spec, rig), ...(running === undefined ? {} : { running }) }
      }),
    )
    return { value }
  })

const ROOT = /^(root|0)?(:.*)?$/

function declaredBy({ container: said }: ServiceSpec, rig: Rig): Traits {
  const [check] = said?.healthcheck?.test ?? []
  return {
    'non-root': !ROOT.test(rig.resolve(said?.user ?? '')),
    'memory-limit': said?.memory !== undefined,
    'cpu-limit': said?.cpus !== undefined,
    'health-check': check !== undefined && check !== 'NONE',
    'restart-policy': !['', 'no'].includes(said?.restart ?? ''),
    'read-only': said?.readOnly ?? false,
  }
}
